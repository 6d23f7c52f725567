// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * Places of the cache to be written, each at most once, taken from one key group after the other: neighbours in
 * the store are then written one after the other, whenever they changed. One list a key group, linked by place.
 */
final class ChangedUsers {
    private static final int INITIAL_PLACES = 1 << 10;
    private static final int INITIAL_GROUPS = 1 << 7;

    /** The end of a list. */
    private static final int NONE = -1;

    /** Of a place that is in no list. */
    private static final int ABSENT = -2;

    private int[] next = filled(INITIAL_PLACES, ABSENT);
    private int[] first = filled(INITIAL_GROUPS, NONE);
    private int group;
    private int taken;
    private int size;

    private static int[] filled(int length, int value) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, value);
        return numbers;
    }

    /** Places listed. */
    int size() {
        return size;
    }

    /** Lists a place with a key group, unless it is listed. */
    void add(int place, int keyGroup) {
        if (place >= next.length) {
            next = grown(next, place, ABSENT);
        }
        if (next[place] != ABSENT) {
            return;
        }
        if (keyGroup >= first.length) {
            first = grown(first, keyGroup, NONE);
        }
        next[place] = first[keyGroup];
        first[keyGroup] = place;
        size++;
    }

    /** Takes the places of the next key group, as many as there is room for; none only if none is listed. */
    int take(int[] places) {
        if (size == 0) {
            return 0;
        }
        while (first[group] == NONE) {
            turn();
        }
        int place = first[group];
        int count = 0;
        while (place != NONE && count < places.length) {
            places[count++] = place;
            int after = next[place];
            next[place] = ABSENT;
            place = after;
        }
        first[group] = place;
        taken = group;
        size -= count;
        // What is listed again comes after all others.
        turn();
        return count;
    }

    /** The key group of those taken last. */
    int taken() {
        return taken;
    }

    private void turn() {
        group = group + 1 < first.length ? group + 1 : 0;
    }

    private static int[] grown(int[] numbers, int index, int value) {
        int[] more = Arrays.copyOf(numbers, Math.max(2 * numbers.length, index + 1));
        Arrays.fill(more, numbers.length, more.length, value);
        return more;
    }
}
