// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.input;

import dev.segmenter.quickstart.synthetic.EventGenerator;
import dev.segmenter.quickstart.synthetic.SyntheticRecord;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends synthetic records at a multiple of the wall clock's pace until it is closed. */
public final class SyntheticFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyntheticFeed.class);
    private static final long LONGEST_SLEEP_MILLIS = 50;

    private final EventGenerator generator;
    private final EventFeed feed;
    private final Pace pace;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    /** Begins to send at once. */
    public SyntheticFeed(EventGenerator generator, EventFeed feed, Pace pace, InstantSource clock) {
        this.generator = generator;
        this.feed = feed;
        this.pace = pace;
        this.clock = clock;
        this.thread = new Thread(this::run, "synthetic-users");
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws what stopped the feed, if anything did. */
    public void requireAlive() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        feed.close();
    }

    private void run() {
        try {
            while (!closed) {
                SyntheticRecord record = generator.next();
                if (waitFor(record.arrival())) {
                    feed.send(record.input());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The synthetic users have stopped", e);
            failure = e;
        }
    }

    /** False if closed in the meantime. */
    private boolean waitFor(long arrival) throws InterruptedException {
        long wait = pace.dueAt(arrival) - clock.millis();
        while (wait > 0 && !closed) {
            Thread.sleep(Math.min(wait, LONGEST_SLEEP_MILLIS));
            wait = pace.dueAt(arrival) - clock.millis();
        }
        return !closed;
    }
}
