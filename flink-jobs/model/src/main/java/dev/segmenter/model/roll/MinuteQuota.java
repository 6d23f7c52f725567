// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts a user's events in the minute of its clock. An event that is older than this minute is
 * within the quota: a count is kept for one minute only. Stateless: a user's counts are in its section.
 */
final class MinuteQuota {
    private static final long MINUTE = 60_000;

    /** How long a violation flags the user, from the start of its minute. */
    private static final long FLAGGED_FOR = 24 * 60 * MINUTE;

    // The section: events of the clock's minute within the quota, those over it that were not
    // reported yet, and the minute of the last violation.
    private static final int WITHIN = 0;
    private static final int OVER = 1;
    private static final int VIOLATION = 2;
    private static final int SIZE = 3;

    private final int section;

    MinuteQuota(int section) {
        this.section = section;
    }

    /** Opens the section of a user of whom nothing is known. */
    void open(Sections user) {
        set(user, 0, 0, Aggregate.NEVER);
    }

    /** Begins to count anew if this leaves the minute; what was over must have been reported. */
    void advance(Sections user, long from, long to) {
        if (startOf(from) != startOf(to)) {
            int start = user.start(section);
            user.set(start + WITHIN, 0);
            user.set(start + OVER, 0);
        }
    }

    /** Counts one event at or before the clock; false if it is over the quota. */
    boolean admits(Sections user, long time, long clock, int quota) {
        if (time < startOf(clock)) {
            return true;
        }
        int start = user.start(section);
        long within = user.at(start + WITHIN);
        if (within < quota) {
            user.set(start + WITHIN, within + 1);
            return true;
        }
        user.set(start + OVER, user.at(start + OVER) + 1);
        user.set(start + VIOLATION, startOf(clock));
        return false;
    }

    /** Events over the quota in the minute of the clock that were not reported yet. */
    long over(Sections user) {
        return user.at(user.start(section) + OVER);
    }

    /** Marks them as reported. */
    void report(Sections user) {
        user.set(user.start(section) + OVER, 0);
    }

    boolean flagged(Sections user, long time) {
        long violation = user.at(user.start(section) + VIOLATION);
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

    void write(Sections user, DataOutput out, long clock) throws IOException {
        int start = user.start(section);
        Varints.writeUnsigned(out, user.at(start + WITHIN));
        Varints.writeUnsigned(out, user.at(start + OVER));
        long violation = flagged(user, clock) ? user.at(start + VIOLATION) : Aggregate.NEVER;
        Varints.writePast(out, violation, clock);
    }

    /** Opens the section with what was written. */
    void read(Sections user, DataInput in, long clock) throws IOException {
        long within = Varints.readUnsigned(in);
        long over = Varints.readUnsigned(in);
        set(user, within, over, Varints.readPast(in, clock));
    }

    private void set(Sections user, long within, long over, long violation) {
        int start = user.open(section, SIZE);
        user.set(start + WITHIN, within);
        user.set(start + OVER, over);
        user.set(start + VIOLATION, violation);
    }
}
