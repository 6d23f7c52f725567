// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When changed users are written to the store below, and no longer carried by checkpoints: whoever did not change
 * for some checkpoints, since to carry a user that often costs about as much as to write it once; and more, if there
 * are more than may be carried. All are looked at in one turn, quickly, and then nobody for a while: the store has to
 * flush at the next barrier what it was given since the last one, the task waits for that, and a barrier with nothing
 * to flush is soon over. Tasks take their turns one after the other: the flushes of all at one barrier would want the
 * same cores.
 */
final class WritePace {
    /** Some 0.5 ms of copies. */
    private static final int LEAST_COPIES = 512;

    /** From one turn to the next. */
    private static final int CHECKPOINTS = 8;

    /** In a turn: some 3 MB a second, and 8 MB between two checkpoints that are close to each other. */
    private static final double USERS_A_MS = 10;

    private static final double USERS_A_CHECKPOINT = 24_576;

    /** Accesses between two looks at the clock. */
    private static final int ACCESSES = 128;

    /** Of a user's id and stored form, before any checkpoint was taken. */
    private static final int LIKELY_BYTES = 512;

    private final double copyingMs;
    private final double usersAMs;
    private final long mostBytes;
    private final LongSupplier clock;
    private long allowed;

    /** Since the last turn began. */
    private int checkpoints;

    /** Users of the turn at hand that were not looked at yet. */
    private int left;

    private long nextAt;
    private int accesses;

    /**
     * Checkpoints come in this interval, carry about so many bytes, and are copied in that time. The first turn begins
     * with the first checkpoint or, by the phase (0 to 1), up to a whole round later. The clock counts ms.
     */
    WritePace(
            Duration interval, Duration copying, long mostBytes, double phase, LongSupplier clock) {
        this.copyingMs = (double) copying.toMillis();
        this.usersAMs = Math.max(USERS_A_MS, USERS_A_CHECKPOINT / interval.toMillis());
        this.mostBytes = mostBytes;
        this.clock = clock;
        this.allowed = mostBytes / LIKELY_BYTES;
        this.checkpoints = CHECKPOINTS - 1 - (int) (phase * CHECKPOINTS);
    }

    /** A checkpoint begins, and so many users are listed as changed. */
    void onCheckpoint(int listed) {
        if (++checkpoints >= CHECKPOINTS && left == 0) {
            checkpoints = 0;
            left = listed;
        }
    }

    /** Whether some of so many changed users should be written; to be asked with each access. */
    boolean isDue(int unwritten) {
        if (unwritten > allowed) {
            return true;
        }
        if (left == 0 || ++accesses < ACCESSES) {
            return false;
        }
        accesses = 0;
        return clock.getAsLong() >= nextAt;
    }

    /** So many of the changed users were looked at. */
    void looked(int users) {
        left = Math.max(0, left - users);
        nextAt = clock.getAsLong() + (long) Math.ceil(users / usersAMs);
    }

    /** How many of so many users a checkpoint is to copy at once. */
    int copies(int users) {
        return Math.max(LEAST_COPIES, (int) (users * UserValues.CARRY_EVERY_MS / copyingMs));
    }

    /** What a checkpoint carried tells how much a user takes. */
    void carried(int users, long bytes) {
        if (users > 0) {
            allowed = mostBytes * users / bytes;
        }
    }
}
