// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The duplicate filter: hashes of event ids with the time of their first use, back to clock - dedup.
 * While more than the capacity are live, new ones go to {@link OverflowIds}, which is swept each
 * quarter of dedup: a hot user's id may be held for up to 1.25 dedup, and is a duplicate while it is.
 */
final class RecentIds {
    private static final long[] NONE = {};
    private static final int SWEEPS = 4;

    /** Hash and time by turns. */
    private long[] cells = NONE;

    /** Ids. */
    private int size;

    /** The oldest time held. */
    private long oldest = Long.MAX_VALUE;

    private long overflowNewest = Aggregate.NEVER;
    private long swept = Aggregate.NEVER;

    /** Drops what is too old to matter at this clock. */
    void advance(long clock, long dedup, OverflowIds overflow) {
        long horizon = clock - dedup;
        if (oldest < horizon) {
            dropBefore(horizon);
        }
        if (overflowNewest == Aggregate.NEVER) {
            return;
        }
        if (overflowNewest < horizon) {
            forgetOverflow(overflow);
        } else if (clock - swept >= dedup / SWEEPS) {
            overflow.dropBefore(horizon);
            swept = clock;
        }
    }

    /** False if the id was used within dedup of this time, at or before the clock. */
    boolean isNew(long hash, long time, long clock, RollOptions options, OverflowIds overflow) {
        long dedup = options.dedup().toMillis();
        for (int i = 0; i < size; i++) {
            if (cells[2 * i] == hash) {
                return Math.abs(timeAt(i) - time) > dedup;
            }
        }
        if (overflowNewest != Aggregate.NEVER || size >= options.dedupCapacity()) {
            return isNewInOverflow(hash, time, clock, overflow);
        }
        if (time >= clock - dedup) {
            append(hash, time);
        }
        return true;
    }

    /** Forgets what went to the overflow, if anything did. */
    void forgetOverflow(OverflowIds overflow) {
        if (overflowNewest != Aggregate.NEVER) {
            overflow.dropBefore(Long.MAX_VALUE);
            overflowNewest = Aggregate.NEVER;
            swept = Aggregate.NEVER;
        }
    }

    void write(DataOutput out, long clock) throws IOException {
        Varints.writeUnsigned(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(cells[2 * i]);
            Varints.writeUnsigned(out, clock - timeAt(i));
        }
        Varints.writePast(out, overflowNewest, clock);
        if (overflowNewest != Aggregate.NEVER) {
            Varints.writePast(out, swept, clock);
        }
    }

    void read(DataInput in, long clock) throws IOException {
        size = Varints.readSize(in);
        if (!Room.serves(cells.length / 2, size)) {
            cells = size == 0 ? NONE : new long[2 * size];
        }
        oldest = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            cells[2 * i] = in.readLong();
            cells[2 * i + 1] = clock - Varints.readUnsigned(in);
            oldest = Math.min(oldest, timeAt(i));
        }
        overflowNewest = Varints.readPast(in, clock);
        swept = overflowNewest == Aggregate.NEVER ? overflowNewest : Varints.readPast(in, clock);
    }

    private long timeAt(int i) {
        return cells[2 * i + 1];
    }

    private void dropBefore(long horizon) {
        int kept = 0;
        oldest = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            if (timeAt(i) >= horizon) {
                oldest = Math.min(oldest, timeAt(i));
                cells[2 * kept] = cells[2 * i];
                cells[2 * kept++ + 1] = timeAt(i);
            }
        }
        size = kept;
    }

    private boolean isNewInOverflow(long hash, long time, long clock, OverflowIds overflow) {
        if (overflowNewest == Aggregate.NEVER) {
            swept = clock;
        }
        overflowNewest = Math.max(overflowNewest, time);
        return overflow.addIfAbsent(hash, time);
    }

    private void append(long hash, long time) {
        if (2 * size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * (size + (size >> 1) + 2));
        }
        cells[2 * size] = hash;
        cells[2 * size++ + 1] = time;
        oldest = Math.min(oldest, time);
    }
}
