// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.Prefetchable;
import java.util.Arrays;

/**
 * The numbers of a user in one array: a section for each of its series, in order, with some room behind it. A user
 * not seen lately costs a wait for memory or two, where series of their own would cost one each.
 */
class Sections {
    private static final long[] NOTHING = {};

    /** Longs of room in a new array: most that is read grows at once. */
    private static final int ROOM = 32;

    /** No section ends behind it: what lies there is room. Beside the array, so that nobody waits for it. */
    private int used;

    /** First a bound for each section, its start in the upper half and its size in the lower one. */
    private long[] cells = NOTHING;

    /** Forgets everything; so many sections are to be opened, from the first on. */
    final void clear(int sections) {
        reserve(sections);
        Arrays.fill(cells, 0, sections, 0);
        cells[0] = bound(sections, 0);
        used = sections;
    }

    /** Opens the section after the one opened last, with so many longs to be set; returns where it starts. */
    final int open(int section, int size) {
        int start = section == 0 ? count() : end(section - 1);
        used = start + size;
        reserve(used);
        cells[section] = bound(start, size);
        return start;
    }

    /** Opens the section after the one opened last with what a section of others holds. */
    final void openLike(Sections other, int otherSection, int section) {
        int from = other.start(otherSection);
        int size = other.end(otherSection) - from;
        int start = open(section, size);
        System.arraycopy(other.cells, from, cells, start, size);
    }

    /** Becomes equal to others, in its own array if that fits. */
    final void copyOf(Sections other) {
        used = other.used;
        // An array far too long would stay with a user of few panes.
        if (cells.length < used || cells.length > used + used / 4 + 2 * ROOM) {
            cells = new long[used + ROOM];
        }
        System.arraycopy(other.cells, 0, cells, 0, used);
    }

    /** The first section starts behind the bounds. */
    private int count() {
        return start(0);
    }

    /** Where the section starts. */
    final int start(int section) {
        return (int) (cells[section] >>> Integer.SIZE);
    }

    /** Where it ends: after the last of its longs. */
    final int end(int section) {
        long bound = cells[section];
        return (int) (bound >>> Integer.SIZE) + (int) bound;
    }

    final long at(int index) {
        return cells[index];
    }

    final void set(int index, long number) {
        cells[index] = number;
    }

    /** Copies longs from this index on; for where each is touched with every event. */
    final void copyTo(int index, long[] target) {
        System.arraycopy(cells, index, target, 0, target.length);
    }

    /**
     * Makes room for so many longs before this index of the section, to be set; returns where they start. Any
     * section may have moved.
     */
    final int insert(int section, int index, int longs) {
        int offset = index - start(section);
        if (end(section) + longs > limit(section)) {
            widen(section, longs + (end(section) - start(section)) / 4);
        }
        int from = start(section) + offset;
        System.arraycopy(cells, from, cells, from + longs, end(section) - from);
        cells[section] += longs;
        used = Math.max(used, end(section));
        return from;
    }

    /** Gives the last section this size; what it holds is to be set. */
    final void resize(int section, int size) {
        int before = end(section) - start(section);
        if (size > before) {
            insert(section, end(section), size - before);
        } else {
            cells[section] -= before - size;
        }
    }

    /** Closes the gap that these longs of the section leave. */
    final void remove(int section, int from, int to) {
        System.arraycopy(cells, to, cells, from, end(section) - to);
        cells[section] -= to - from;
    }

    /** Moves the longs of a section from one place in it to another. */
    final void move(int from, int to, int longs) {
        System.arraycopy(cells, from, cells, to, longs);
    }

    /** Reads one long of each cache line in use, and the last one, wherever lines begin; see {@link Prefetchable}. */
    public final long touchArrays() {
        long sum = used == 0 ? 0 : cells[used - 1];
        for (int i = 0; i < used; i += Prefetchable.CACHE_LINE / Long.BYTES) {
            sum += cells[i];
        }
        return sum;
    }

    private int limit(int section) {
        return section + 1 < count() ? start(section + 1) : cells.length;
    }

    /** The sections behind it move on. */
    private void widen(int section, int longs) {
        if (used + longs > cells.length) {
            closeRanks();
        }
        int end = used;
        // With a little to spare, or the next one would have to close ranks again.
        if (end + longs + end / 16 > cells.length) {
            cells = Arrays.copyOf(cells, end + longs + end / 6);
        }
        int count = count();
        if (section + 1 < count) {
            int next = start(section + 1);
            System.arraycopy(cells, next, cells, next + longs, end - next);
            for (int i = section + 1; i < count; i++) {
                cells[i] += (long) longs << Integer.SIZE;
            }
            used = end + longs;
        }
    }

    /** Takes the room between sections to the end: what one needs no more serves another. */
    private void closeRanks() {
        int count = count();
        int end = count;
        for (int section = 0; section < count; section++) {
            int start = start(section);
            int size = end(section) - start;
            System.arraycopy(cells, start, cells, end, size);
            cells[section] = bound(end, size);
            end += size;
        }
        used = end;
    }

    private void reserve(int length) {
        if (cells.length < length) {
            cells = Arrays.copyOf(cells, length + length / 2 + ROOM);
        }
    }

    private static long bound(int start, int size) {
        return (long) start << Integer.SIZE | size;
    }
}
