// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a fixed rate whatever the receivers do: each event has the time at which it is meant to be
 * sent, and a latency is counted from that one, so that a stall is not left out (no coordinated
 * omission). One event in some is a probe.
 */
final class OpenLoopSender implements Closeable {
    private static final int ONE_IN_IS_PROBE = 200;

    /** Events due meanwhile go out together, as late as that: pauses of some us take a quarter of a core. */
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

    private final EventProducer producer;
    private final LoadEvents events;
    private final Probes probes;
    private long sent;

    OpenLoopSender(Broker broker, String topic, LoadEvents events, Probes probes) {
        this.events = events;
        this.probes = probes;
        producer = EventProducer.forLatency(broker, topic);
    }

    /** Sends so many events a second for so long. */
    void send(double rate, Duration duration) {
        long start = System.nanoTime();
        double nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / rate;
        long count = (long) (duration.toNanos() / nanosPerEvent);
        for (long i = 0; i < count; i++) {
            long intended = start + (long) (i * nanosPerEvent);
            long wait = intended - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(Math.max(wait, SHORTEST_PAUSE_NANOS));
                wait = intended - System.nanoTime();
            }
            send(intended, System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(wait));
        }
    }

    private void send(long intended, long time) {
        if (sent++ % ONE_IN_IS_PROBE == 0) {
            byte[] userId = probes.next(intended);
            producer.send(userId, events.view(userId, time), time);
        } else {
            events.nextAt(time);
            producer.send(events.key(), events.value(), time);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
