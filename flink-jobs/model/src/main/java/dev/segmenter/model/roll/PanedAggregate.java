// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/** An aggregate that keeps entries in the order of their panes, so that a window is the end of them. */
abstract sealed class PanedAggregate extends Aggregate permits PaneSeries, DistinctItems {
    /** Entries. */
    int size;

    /** The pane of an entry. */
    abstract int paneAt(int i);

    @Override
    final int firstPane(int oldest) {
        int i = indexFrom(oldest);
        return i < size ? paneAt(i) : NO_PANE;
    }

    /** The first entry of this pane or a later one; the size if there is none. */
    final int indexFrom(int pane) {
        if (size == 0 || pane > paneAt(size - 1)) {
            return size;
        }
        if (pane <= paneAt(0)) {
            return 0;
        }
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (paneAt(middle) < pane) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
