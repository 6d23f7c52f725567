// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/** Places of the cache by the time at which they are due, the earliest first: a heap with four children a node. */
final class DueUsers {
    private static final int INITIAL_SIZE = 1 << 10;
    private static final int CHILDREN = 4;

    private long[] times = new long[INITIAL_SIZE];
    private int[] places = new int[INITIAL_SIZE];
    private int size;

    int size() {
        return size;
    }

    boolean isAnyUpTo(long time) {
        return size > 0 && times[0] <= time;
    }

    /** The earliest time, ms; one must be here. */
    long earliest() {
        return times[0];
    }

    void add(long time, int place) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            places = Arrays.copyOf(places, 2 * size);
        }
        int at = size++;
        while (at > 0 && times[parent(at)] > time) {
            move(parent(at), at);
            at = parent(at);
        }
        set(at, time, place);
    }

    /** Takes the place that is due first; one must be here. */
    int take() {
        int place = places[0];
        size--;
        if (size > 0) {
            sink(0, times[size], places[size]);
        }
        return place;
    }

    void clear() {
        size = 0;
    }

    private void sink(int from, long time, int place) {
        int at = from;
        int child = earliestChild(at);
        while (child < size && times[child] < time) {
            move(child, at);
            at = child;
            child = earliestChild(at);
        }
        set(at, time, place);
    }

    /** The size or more if there is none. */
    private int earliestChild(int at) {
        int first = CHILDREN * at + 1;
        int end = Math.min(size, first + CHILDREN);
        int earliest = first;
        for (int child = first + 1; child < end; child++) {
            earliest = times[child] < times[earliest] ? child : earliest;
        }
        return earliest;
    }

    private static int parent(int at) {
        return Math.floorDiv(at - 1, CHILDREN);
    }

    private void move(int from, int to) {
        set(to, times[from], places[from]);
    }

    private void set(int at, long time, int place) {
        times[at] = time;
        places[at] = place;
    }
}
