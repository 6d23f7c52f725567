// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When changed users are written to the store below, and no longer carried by checkpoints: whoever did not change
 * for a while; and more, if there are more than may be carried. A job that has to catch up carries them for long, since
 * that costs less than to write them; one that is up with its events does not, since they make its barriers longer.
 */
final class WritePace {
    /** In which all changed users are looked at once, while the job is behind; else it is one. */
    private static final int CHECKPOINTS_BEHIND = 8;

    private static final long SHORTEST_TURN_MS = 4_000;

    /** Of writes that nothing forces, at most: else a job that has caught up would fall back at once. */
    private static final int USERS_A_MILLISECOND = 20;

    /** Accesses between two looks at the clock. */
    private static final int ACCESSES = 128;

    /** Of a user's id and stored form, before any checkpoint was taken. */
    private static final int LIKELY_BYTES = 512;

    private final long turnBehindMs;
    private final long turnMs;
    private final long mostBytes;
    private final long lagMs;
    private final LongSupplier clock;
    private boolean behind = true;
    private long allowed;
    private long nextAt;
    private int accesses;

    /**
     * Checkpoints come in this interval and carry about so many bytes; a watermark that is older than the lag is
     * behind. The clock counts ms.
     */
    WritePace(Duration interval, long mostBytes, Duration lag, LongSupplier clock) {
        this.turnBehindMs = CHECKPOINTS_BEHIND * interval.toMillis();
        this.turnMs = Math.max(SHORTEST_TURN_MS, interval.toMillis());
        this.mostBytes = mostBytes;
        this.lagMs = lag.toMillis();
        this.clock = clock;
        this.allowed = mostBytes / LIKELY_BYTES;
    }

    /** A watermark has come, ms. */
    void watermark(long time) {
        behind = time < clock.getAsLong() - lagMs;
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
        long turn = behind ? turnBehindMs : turnMs;
        long share = turn * users / Math.max(users, Math.max(1, unwritten));
        nextAt = clock.getAsLong() + Math.max(share, users / USERS_A_MILLISECOND);
    }

    /** What a checkpoint carried tells how much a user takes. */
    void carried(int users, long bytes) {
        if (users > 0) {
            allowed = mostBytes * users / bytes;
        }
    }
}
