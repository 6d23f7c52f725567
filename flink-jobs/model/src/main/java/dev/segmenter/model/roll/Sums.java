// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sum of the prices above 0 by pane; panes without one take no room. A sum always runs from the oldest pane to the
 * newest, so that it depends on what is inside the window and on nothing that has left it.
 */
final class Sums extends PanedAggregate {
    private static final int WIDTH = 2;

    Sums(int section) {
        super(section, 0, WIDTH);
    }

    @Override
    void open(Sections user) {
        open(user, 0);
    }

    @Override
    Effect add(Sections user, ClickEvent event, int pane, int oldest, RollOptions options) {
        if (!(event.price() > 0) || pane < oldest) {
            return Effect.NONE;
        }
        int entry = entryOf(user, pane);
        set(user, entry, amountAt(user, entry) + event.price());
        // Not one more of something: prices are summed in their order.
        return Effect.ENTERED;
    }

    @Override
    double value(Sections user, int oldest) {
        double sum = 0;
        int end = user.end(section);
        for (int i = indexFrom(user, oldest); i < end; i += WIDTH) {
            sum += amountAt(user, i);
        }
        return sum;
    }

    @Override
    void write(Sections user, DataOutput out, long clock) throws IOException {
        Varints.writeUnsigned(out, size(user));
        int end = user.end(section);
        int previous = 0;
        for (int i = first(user); i < end; i += WIDTH) {
            int pane = paneAt(user, i);
            Varints.writeSigned(out, (long) pane - previous);
            previous = pane;
            out.writeDouble(amountAt(user, i));
        }
    }

    @Override
    void read(Sections user, DataInput in, long clock) throws IOException {
        int size = Varints.readSize(in);
        int first = open(user, size);
        int previous = 0;
        for (int i = first; i < first + size * WIDTH; i += WIDTH) {
            previous += (int) Varints.readSigned(in);
            user.set(i, entry(previous, 0));
            set(user, i, in.readDouble());
        }
    }

    private static double amountAt(Sections user, int entry) {
        return Double.longBitsToDouble(user.at(entry + 1));
    }

    private static void set(Sections user, int entry, double amount) {
        user.set(entry + 1, Double.doubleToRawLongBits(amount));
    }
}
