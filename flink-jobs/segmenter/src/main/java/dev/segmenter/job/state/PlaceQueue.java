// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** Places of the cache, first in, first out. */
final class PlaceQueue {
    private static final int INITIAL_LENGTH = 1 << 10;

    private int[] places = new int[INITIAL_LENGTH];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(int place) {
        if (size == places.length) {
            grow();
        }
        places[first + size++ & places.length - 1] = place;
    }

    /** The one that was added first; there must be one. */
    int take() {
        int place = places[first];
        first = first + 1 & places.length - 1;
        size--;
        return place;
    }

    private void grow() {
        int[] longer = new int[places.length * 2];
        for (int i = 0; i < size; i++) {
            longer[i] = places[first + i & places.length - 1];
        }
        places = longer;
        first = 0;
    }
}
