// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts a user's events in the minute of its clock. An event that is older than this minute is
 * within the quota: a count is kept for one minute only.
 */
final class MinuteQuota {
    private static final long MINUTE = 60_000;

    /** How long a violation flags the user, from the start of its minute. */
    private static final long FLAGGED_FOR = 24 * 60 * MINUTE;

    private long within;
    private long over;
    private long violation = Aggregate.NEVER;

    /** Begins to count anew if this leaves the minute; what was over must have been reported. */
    void advance(long from, long to) {
        if (startOf(from) != startOf(to)) {
            within = 0;
            over = 0;
        }
    }

    /** Counts one event at or before the clock; false if it is over the quota. */
    boolean admits(long time, long clock, int quota) {
        if (time < startOf(clock)) {
            return true;
        }
        if (within < quota) {
            within++;
            return true;
        }
        over++;
        violation = startOf(clock);
        return false;
    }

    /** Events over the quota in the minute of the clock that were not reported yet. */
    long over() {
        return over;
    }

    /** Marks them as reported. */
    void report() {
        over = 0;
    }

    boolean flagged(long time) {
        return violation != Aggregate.NEVER && time - violation < FLAGGED_FOR;
    }

    /** Start of the minute of this time. */
    static long startOf(long time) {
        return Math.floorDiv(time, MINUTE) * MINUTE;
    }

    /** End of the minute of this time. */
    static long minuteEnd(long time) {
        return startOf(time) + MINUTE;
    }

    void write(DataOutput out, long clock) throws IOException {
        Varints.writeUnsigned(out, within);
        Varints.writeUnsigned(out, over);
        Varints.writePast(out, flagged(clock) ? violation : Aggregate.NEVER, clock);
    }

    void read(DataInput in, long clock) throws IOException {
        within = Varints.readUnsigned(in);
        over = Varints.readUnsigned(in);
        violation = Varints.readPast(in, clock);
    }
}
