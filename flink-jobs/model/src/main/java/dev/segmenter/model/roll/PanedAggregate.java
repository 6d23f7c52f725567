// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/**
 * An aggregate that keeps entries in the order of their panes, so that a window is the end of them. Of its section
 * some longs are the head; the first long of an entry has the pane in its upper half.
 */
abstract sealed class PanedAggregate extends Aggregate permits Counts, Sums, DistinctItems {
    private static final long LOWER = 0xFFFF_FFFFL;

    private final int head;
    private final int width;

    /** Longs before the entries, and of one entry. */
    PanedAggregate(int section, int head, int width) {
        super(section);
        this.head = head;
        this.width = width;
    }

    /** Where the entries start. */
    final int first(Sections user) {
        return user.start(section) + head;
    }

    final int size(Sections user) {
        return (user.end(section) - first(user)) / width;
    }

    /** Opens the section for the head and so many entries; returns where the entries start. */
    final int open(Sections user, int entries) {
        return user.open(section, head + entries * width) + head;
    }

    static long entry(int pane, long lower) {
        return ((long) pane << Integer.SIZE) | (lower & LOWER);
    }

    /** Of the entry that starts there. */
    static int paneAt(Sections user, int index) {
        return (int) (user.at(index) >> Integer.SIZE);
    }

    /** What shares the entry's first long with the pane, unsigned. */
    static long lowerAt(Sections user, int index) {
        return user.at(index) & LOWER;
    }

    @Override
    final int firstPane(Sections user, int oldest) {
        int index = indexFrom(user, oldest);
        return index < user.end(section) ? paneAt(user, index) : NO_PANE;
    }

    @Override
    void prune(Sections user, int oldest) {
        int first = first(user);
        int from = indexFrom(user, oldest);
        if (from > first) {
            user.remove(section, first, from);
        }
    }

    /** Where the first entry of this pane or a later one starts; the section's end if there is none. */
    final int indexFrom(Sections user, int pane) {
        int first = first(user);
        int end = user.end(section);
        if (first == end || pane > paneAt(user, end - width)) {
            return end;
        }
        if (pane <= paneAt(user, first)) {
            return first;
        }
        int low = 0;
        int high = (end - first) / width - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (paneAt(user, first + middle * width) < pane) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return first + low * width;
    }

    /** Where the entry of this pane starts, after putting an empty one where there was none. */
    final int entryOf(Sections user, int pane) {
        int end = user.end(section);
        if (end > first(user) && paneAt(user, end - width) == pane) {
            return end - width;
        }
        int index = indexFrom(user, pane);
        if (index == end || paneAt(user, index) != pane) {
            index = user.insert(section, index, width);
            user.set(index, entry(pane, 0));
            for (int i = 1; i < width; i++) {
                user.set(index + i, 0);
            }
        }
        return index;
    }
}
