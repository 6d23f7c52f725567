// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When changed users are written to the store below, and no longer carried by checkpoints: whoever did not change
 * for a few of them, since then a write costs less than to be carried on; and more, if there are more than may be
 * carried.
 */
final class WritePace {
    /** Checkpoints in which all changed users are looked at once. */
    private static final int CHECKPOINTS_A_TURN = 8;

    /** Accesses between two looks at the clock. */
    private static final int ACCESSES = 128;

    /** Of a user's id and stored form, before any checkpoint was taken. */
    private static final int LIKELY_BYTES = 512;

    private final long intervalMs;
    private final long mostBytes;
    private final LongSupplier clock;
    private long allowed;
    private long nextAt;
    private int accesses;

    /** Checkpoints come in this interval and carry about so many bytes; the clock counts ms. */
    WritePace(Duration interval, long mostBytes, LongSupplier clock) {
        this.intervalMs = interval.toMillis();
        this.mostBytes = mostBytes;
        this.clock = clock;
        this.allowed = mostBytes / LIKELY_BYTES;
    }

    /** Whether some of so many changed users should be written; to be asked with each access. */
    boolean isDue(int unwritten) {
        if (unwritten > allowed) {
            return true;
        }
        if (++accesses < ACCESSES) {
            return false;
        }
        accesses = 0;
        return clock.getAsLong() >= nextAt;
    }

    /** So many of the changed users were looked at. */
    void looked(int users, int unwritten) {
        long turn = CHECKPOINTS_A_TURN * intervalMs;
        nextAt = clock.getAsLong() + turn * users / Math.max(users, Math.max(1, unwritten));
    }

    /** What a checkpoint carried tells how much a user takes. */
    void carried(int users, long bytes) {
        if (users > 0) {
            allowed = mostBytes * users / bytes;
        }
    }
}
