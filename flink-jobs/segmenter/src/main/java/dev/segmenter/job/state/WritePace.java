// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When changed users are written to the store below, and no longer carried by checkpoints: whoever did not change
 * for some checkpoints, since to carry a user that often costs about as much as to write it once; and more, if there
 * are more than may be carried. Few at a time, unless they are forced out: the store has to flush at the next barrier
 * what it was given since the last one, and the task waits for that.
 */
final class WritePace {
    /** In which all changed users are looked at once. */
    private static final int CHECKPOINTS = 8;

    /** Between two checkpoints, of writes that nothing forces: some 8 MB. */
    private static final int MOST_USERS = 24_576;

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

    /** Checkpoints come in this interval and carry about so many bytes. The clock counts ms. */
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
        long share = CHECKPOINTS * intervalMs * users / Math.max(users, Math.max(1, unwritten));
        nextAt = clock.getAsLong() + Math.max(share, intervalMs * users / MOST_USERS);
    }

    /** What a checkpoint carried tells how much a user takes. */
    void carried(int users, long bytes) {
        if (users > 0) {
            allowed = mostBytes * users / bytes;
        }
    }
}
