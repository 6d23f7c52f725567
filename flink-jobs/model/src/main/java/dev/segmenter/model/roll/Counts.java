// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Number of events by pane, of each pane up to 2^32 - 1; panes without one take no room. */
sealed class Counts extends PanedAggregate permits Sessions {
    private static final long MOST = 0xFFFF_FFFFL;

    Counts(int section) {
        this(section, 0);
    }

    /** With longs of its own before the entries. */
    Counts(int section, int head) {
        super(section, head, 1);
    }

    @Override
    void open(Sections user) {
        open(user, 0);
    }

    @Override
    Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options) {
        if (pane < oldest) {
            return Effect.NONE;
        }
        int entry = entryOf(user, pane);
        if (lowerAt(user, entry) == MOST) {
            return Effect.NONE;
        }
        user.set(entry, user.at(entry) + 1);
        return Effect.ONE_MORE;
    }

    @Override
    final double value(Sections user, int oldest) {
        long sum = 0;
        int end = user.end(section);
        for (int i = indexFrom(user, oldest); i < end; i++) {
            sum += lowerAt(user, i);
        }
        return sum;
    }

    @Override
    void write(Sections user, DataOutput out, long clock) throws IOException {
        int end = user.end(section);
        int i = first(user);
        Varints.writeUnsigned(out, end - i);
        int previous = 0;
        for (; i < end; i++) {
            int pane = paneAt(user, i);
            Varints.writeSigned(out, (long) pane - previous);
            previous = pane;
            Varints.writeUnsigned(out, lowerAt(user, i));
        }
    }

    @Override
    void read(Sections user, DataInput in, long clock) throws IOException {
        int size = Varints.readSize(in);
        int first = open(user, size);
        int previous = 0;
        for (int i = first; i < first + size; i++) {
            previous += (int) Varints.readSigned(in);
            user.set(i, entry(previous, Math.min(MOST, Varints.readUnsigned(in))));
        }
    }
}
