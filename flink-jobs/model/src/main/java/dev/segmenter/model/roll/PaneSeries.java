// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Amounts above 0 by pane, in the order of the panes; panes without an amount take no room. A sum
 * always runs from the oldest pane to the newest, so that it depends on what is inside the window
 * and on nothing that has left it.
 */
abstract sealed class PaneSeries extends PanedAggregate permits Totals, Sessions {
    private static final double[] NOTHING = {};

    /** Pane and amount by turns: of a user not seen lately each array is another wait for memory. */
    private double[] cells = NOTHING;

    final void add(int pane, double amount) {
        if (size > 0 && paneAt(size - 1) == pane) {
            cells[2 * size - 1] += amount;
            return;
        }
        int i = indexFrom(pane);
        if (i == size || paneAt(i) != pane) {
            insert(i, pane);
        }
        cells[2 * i + 1] += amount;
    }

    @Override
    final void prune(int oldest) {
        int from = indexFrom(oldest);
        if (from > 0) {
            size -= from;
            System.arraycopy(cells, 2 * from, cells, 0, 2 * size);
        }
    }

    @Override
    final double value(int oldest) {
        double sum = 0;
        for (int i = indexFrom(oldest); i < size; i++) {
            sum += cells[2 * i + 1];
        }
        return sum;
    }

    final void writeSeries(DataOutput out, boolean whole) throws IOException {
        Varints.writeUnsigned(out, size);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            int pane = paneAt(i);
            Varints.writeSigned(out, (long) pane - previous);
            previous = pane;
            if (whole) {
                Varints.writeUnsigned(out, (long) cells[2 * i + 1]);
            } else {
                out.writeDouble(cells[2 * i + 1]);
            }
        }
    }

    final void readSeries(DataInput in, boolean whole) throws IOException {
        size = Varints.readSize(in);
        if (!Room.serves(cells.length / 2, size)) {
            cells = size == 0 ? NOTHING : new double[2 * size];
        }
        int previous = 0;
        for (int i = 0; i < size; i++) {
            previous += (int) Varints.readSigned(in);
            cells[2 * i] = previous;
            cells[2 * i + 1] = whole ? Varints.readUnsigned(in) : in.readDouble();
        }
    }

    @Override
    final int paneAt(int i) {
        return (int) cells[2 * i];
    }

    private void insert(int i, int pane) {
        if (2 * size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * (size + (size >> 1) + 2));
        }
        System.arraycopy(cells, 2 * i, cells, 2 * i + 2, 2 * (size - i));
        cells[2 * i] = pane;
        cells[2 * i + 1] = 0;
        size++;
    }
}
