// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many values may be unwritten: all of them for most of the interval between two checkpoints, so that a
 * user's many events become one write, then less and less, down to a few when the next one is due.
 */
final class WritePace {
    /** What a checkpoint may find: some 2 ms of writes. */
    private static final int ALWAYS_ALLOWED = 1_000;

    /** Of the interval: the sooner writing begins, the more users change again and are written twice. */
    private static final double WRITING = 0.25;

    /**
     * Before the next checkpoint is due: one interval begins with its trigger, and here with the end of the last one's
     * writes, and barriers take their time. At most that part of the interval.
     */
    private static final double SPARE_MS = 500;

    private static final double MOST_SPARE = 0.15;

    /** Accesses between two looks at the clock. */
    private static final int ACCESSES = 128;

    private final double intervalMs;
    private final double done;
    private final LongSupplier clock;
    private long flushedAt;
    private double share = 1;
    private int accesses;

    /** Checkpoints come in this interval; the clock counts ms. */
    WritePace(Duration interval, LongSupplier clock) {
        this.intervalMs = interval.toMillis();
        this.done = 1 - Math.min(MOST_SPARE, SPARE_MS / intervalMs);
        this.clock = clock;
        flushed();
    }

    void flushed() {
        flushedAt = clock.getAsLong();
        share = 1;
        accesses = 0;
    }

    /** Of so many values held; to be asked with each access. */
    int allowed(int held) {
        if (++accesses == ACCESSES) {
            accesses = 0;
            double left = done - (clock.getAsLong() - flushedAt) / intervalMs;
            share = Math.min(1, Math.max(0, left / WRITING));
        }
        return Math.max(ALWAYS_ALLOWED, (int) (share * held));
    }
}
