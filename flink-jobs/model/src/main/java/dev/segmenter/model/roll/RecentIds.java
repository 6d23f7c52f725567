// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The duplicate filter: hashes of event ids with the time of their first use, back to clock - dedup.
 * While more than the capacity are live, new ones go to {@link OverflowIds}, which is swept each
 * quarter of dedup: a hot user's id may be held for up to 1.25 dedup, and is a duplicate while it is.
 * Stateless: a user's ids are in its section.
 */
final class RecentIds {
    private static final int SWEEPS = 4;

    // The head of the section; behind it hash and time by turns.
    private static final int OLDEST = 0;
    private static final int OVERFLOW_NEWEST = 1;
    private static final int SWEPT = 2;
    private static final int HEAD = 3;
    private static final int WIDTH = 2;

    private final int section;

    RecentIds(int section) {
        this.section = section;
    }

    /** Opens the section of a user of whom no id is known. */
    void open(Sections user) {
        int head = user.open(section, HEAD);
        user.set(head + OLDEST, Long.MAX_VALUE);
        user.set(head + OVERFLOW_NEWEST, Aggregate.NEVER);
        user.set(head + SWEPT, Aggregate.NEVER);
    }

    /** Drops what is too old to matter at this clock. */
    void advance(Sections user, long clock, long dedup, OverflowIds overflow) {
        int head = user.start(section);
        long horizon = clock - dedup;
        if (user.at(head + OLDEST) < horizon) {
            dropBefore(user, horizon);
        }
        long overflowNewest = user.at(head + OVERFLOW_NEWEST);
        if (overflowNewest == Aggregate.NEVER) {
            return;
        }
        if (overflowNewest < horizon) {
            forgetOverflow(user, overflow);
        } else if (clock - user.at(head + SWEPT) >= dedup / SWEEPS) {
            overflow.dropBefore(horizon);
            user.set(head + SWEPT, clock);
        }
    }

    /** False if the id was used within dedup of this time, at or before the clock. */
    boolean isNew(
            Sections user,
            long hash,
            long time,
            long clock,
            RollOptions options,
            OverflowIds overflow) {
        long dedup = options.dedup().toMillis();
        int head = user.start(section);
        int end = user.end(section);
        for (int i = head + HEAD; i < end; i += WIDTH) {
            if (user.at(i) == hash) {
                return Math.abs(user.at(i + 1) - time) > dedup;
            }
        }
        if (user.at(head + OVERFLOW_NEWEST) != Aggregate.NEVER
                || end - head >= HEAD + WIDTH * options.dedupCapacity()) {
            return isNewInOverflow(user, hash, time, clock, overflow);
        }
        if (time >= clock - dedup) {
            int added = user.insert(section, end, WIDTH);
            user.set(added, hash);
            user.set(added + 1, time);
            int oldest = user.start(section) + OLDEST;
            user.set(oldest, Math.min(user.at(oldest), time));
        }
        return true;
    }

    /** Forgets what went to the overflow, if anything did. */
    void forgetOverflow(Sections user, OverflowIds overflow) {
        int head = user.start(section);
        if (user.at(head + OVERFLOW_NEWEST) != Aggregate.NEVER) {
            overflow.dropBefore(Long.MAX_VALUE);
            user.set(head + OVERFLOW_NEWEST, Aggregate.NEVER);
            user.set(head + SWEPT, Aggregate.NEVER);
        }
    }

    void write(Sections user, DataOutput out, long clock) throws IOException {
        int head = user.start(section);
        int end = user.end(section);
        Varints.writeUnsigned(out, (end - head - HEAD) / WIDTH);
        for (int i = head + HEAD; i < end; i += WIDTH) {
            out.writeLong(user.at(i));
            Varints.writeUnsigned(out, clock - user.at(i + 1));
        }
        long overflowNewest = user.at(head + OVERFLOW_NEWEST);
        Varints.writePast(out, overflowNewest, clock);
        if (overflowNewest != Aggregate.NEVER) {
            Varints.writePast(out, user.at(head + SWEPT), clock);
        }
    }

    /** Opens the section with what was written. */
    void read(Sections user, DataInput in, long clock) throws IOException {
        int size = Varints.readSize(in);
        int head = user.open(section, HEAD + size * WIDTH);
        long oldest = Long.MAX_VALUE;
        for (int i = head + HEAD; i < head + HEAD + size * WIDTH; i += WIDTH) {
            user.set(i, in.readLong());
            long time = clock - Varints.readUnsigned(in);
            user.set(i + 1, time);
            oldest = Math.min(oldest, time);
        }
        long overflowNewest = Varints.readPast(in, clock);
        user.set(head + OLDEST, oldest);
        user.set(head + OVERFLOW_NEWEST, overflowNewest);
        user.set(
                head + SWEPT,
                overflowNewest == Aggregate.NEVER ? Aggregate.NEVER : Varints.readPast(in, clock));
    }

    private void dropBefore(Sections user, long horizon) {
        int head = user.start(section);
        int end = user.end(section);
        int kept = head + HEAD;
        long oldest = Long.MAX_VALUE;
        for (int i = kept; i < end; i += WIDTH) {
            long time = user.at(i + 1);
            if (time >= horizon) {
                oldest = Math.min(oldest, time);
                user.move(i, kept, WIDTH);
                kept += WIDTH;
            }
        }
        user.set(head + OLDEST, oldest);
        user.remove(section, kept, end);
    }

    private boolean isNewInOverflow(
            Sections user, long hash, long time, long clock, OverflowIds overflow) {
        int head = user.start(section);
        long newest = user.at(head + OVERFLOW_NEWEST);
        if (newest == Aggregate.NEVER) {
            user.set(head + SWEPT, clock);
        }
        user.set(head + OVERFLOW_NEWEST, Math.max(newest, time));
        return overflow.addIfAbsent(hash, time);
    }
}
