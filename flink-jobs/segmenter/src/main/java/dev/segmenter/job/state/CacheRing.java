// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * Users of the cache in a ring with one hand. They keep their places as long as they are in it: moving references
 * about in an old generation is what a garbage collector has to look after.
 */
final class CacheRing<T> {
    private static final int INITIAL_PLACES = 64;

    private CachedUser<T>[] places = newPlaces(INITIAL_PLACES);
    private int size;
    private int hand;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> CachedUser<T>[] newPlaces(int count) {
        return (CachedUser<T>[]) new CachedUser[count];
    }

    int size() {
        return size;
    }

    /** The user under the hand, which goes on to the next; the ring must not be empty. */
    CachedUser<T> next() {
        if (hand >= size) {
            hand = 0;
        }
        return places[hand++];
    }

    /** Behind the hand, so that its turn comes last. */
    void add(CachedUser<T> user) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        if (hand >= size) {
            put(user, size++);
            hand = size;
        } else {
            put(places[hand], size++);
            put(user, hand++);
        }
    }

    /** It must be in this ring. */
    void remove(CachedUser<T> user) {
        CachedUser<T> last = places[--size];
        places[size] = null;
        if (last != user) {
            put(last, user.place);
        }
    }

    private void put(CachedUser<T> user, int place) {
        places[place] = user;
        user.place = place;
    }
}
