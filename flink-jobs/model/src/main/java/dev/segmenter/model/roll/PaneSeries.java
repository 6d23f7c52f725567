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
final class PaneSeries {
    private static final int[] NO_PANES = {};
    private static final double[] NO_AMOUNTS = {};

    private int[] panes = NO_PANES;
    private double[] amounts = NO_AMOUNTS;
    private int size;

    void add(int pane, double amount) {
        if (size > 0 && panes[size - 1] == pane) {
            amounts[size - 1] += amount;
            return;
        }
        int i = indexFrom(pane);
        if (i == size || panes[i] != pane) {
            insert(i, pane);
        }
        amounts[i] += amount;
    }

    void prune(int oldest) {
        int from = indexFrom(oldest);
        if (from > 0) {
            size -= from;
            System.arraycopy(panes, from, panes, 0, size);
            System.arraycopy(amounts, from, amounts, 0, size);
        }
    }

    double sum(int oldest) {
        double sum = 0;
        for (int i = indexFrom(oldest); i < size; i++) {
            sum += amounts[i];
        }
        return sum;
    }

    int firstPane(int oldest) {
        int i = indexFrom(oldest);
        return i < size ? panes[i] : Aggregate.NO_PANE;
    }

    void write(DataOutput out, boolean whole) throws IOException {
        Varints.writeUnsigned(out, size);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            Varints.writeSigned(out, (long) panes[i] - previous);
            previous = panes[i];
            if (whole) {
                Varints.writeUnsigned(out, (long) amounts[i]);
            } else {
                out.writeDouble(amounts[i]);
            }
        }
    }

    void read(DataInput in, boolean whole) throws IOException {
        size = Varints.readSize(in);
        if (!Room.serves(panes.length, size)) {
            panes = size == 0 ? NO_PANES : new int[size];
            amounts = size == 0 ? NO_AMOUNTS : new double[size];
        }
        int previous = 0;
        for (int i = 0; i < size; i++) {
            previous += (int) Varints.readSigned(in);
            panes[i] = previous;
            amounts[i] = whole ? Varints.readUnsigned(in) : in.readDouble();
        }
    }

    private int indexFrom(int pane) {
        if (size == 0 || pane > panes[size - 1]) {
            return size;
        }
        if (pane <= panes[0]) {
            return 0;
        }
        int found = Arrays.binarySearch(panes, 0, size, pane);
        return found >= 0 ? found : -found - 1;
    }

    private void insert(int i, int pane) {
        if (size == panes.length) {
            int capacity = size + (size >> 1) + 2;
            panes = Arrays.copyOf(panes, capacity);
            amounts = Arrays.copyOf(amounts, capacity);
        }
        System.arraycopy(panes, i, panes, i + 1, size - i);
        System.arraycopy(amounts, i, amounts, i + 1, size - i);
        panes[i] = pane;
        amounts[i] = 0;
        size++;
    }
}
