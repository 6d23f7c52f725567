// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * The cache's users by their id, each at a place of its own as long as it is held: what changes from access to
 * access is in arrays of numbers beside them, since references that move about within an old generation are
 * what a garbage collector has to look after. Ids are found by open addressing.
 */
final class CacheIndex {
    private static final int INITIAL_PLACES = 1 << 10;
    private static final int NONE = -1;

    private CachedUser[] users = new CachedUser[INITIAL_PLACES];
    private int[] free = new int[INITIAL_PLACES];
    private int freed;
    private int end;
    private int size;

    /** By slot of the hash table: the place, or none, and the hash. */
    private int[] placeOfSlot = noPlaces(2 * INITIAL_PLACES);

    private int[] hashOfSlot = new int[2 * INITIAL_PLACES];

    private static int[] noPlaces(int count) {
        int[] places = new int[count];
        Arrays.fill(places, NONE);
        return places;
    }

    int size() {
        return size;
    }

    /** Places are below this; some may be free. */
    int end() {
        return end;
    }

    /** How many there is room for before places are added: for arrays beside them. */
    int room() {
        return users.length;
    }

    /** The user at a place, null if it is free. */
    CachedUser at(int place) {
        return users[place];
    }

    /** Null if there is none. */
    CachedUser get(String userId) {
        int place = placeOfSlot[slotOf(userId, hashOf(userId))];
        return place == NONE ? null : users[place];
    }

    /** Gives it a place; it must not be in it. */
    void add(CachedUser user) {
        if (freed == 0 && end == users.length) {
            grow();
        }
        user.place = freed > 0 ? free[--freed] : end++;
        users[user.place] = user;
        size++;
        put(user.place, hashOf(user.userId));
    }

    /** It must be in it; in the hash table, whoever stands behind it moves up. */
    void remove(CachedUser user) {
        int last = placeOfSlot.length - 1;
        int gap = slotOf(user.userId, hashOf(user.userId));
        for (int slot = gap + 1 & last; placeOfSlot[slot] != NONE; slot = slot + 1 & last) {
            int wanted = hashOfSlot[slot] & last;
            if ((slot - wanted & last) >= (slot - gap & last)) {
                placeOfSlot[gap] = placeOfSlot[slot];
                hashOfSlot[gap] = hashOfSlot[slot];
                gap = slot;
            }
        }
        placeOfSlot[gap] = NONE;
        users[user.place] = null;
        free[freed++] = user.place;
        size--;
    }

    private int slotOf(String userId, int hash) {
        int last = placeOfSlot.length - 1;
        int slot = hash & last;
        while (placeOfSlot[slot] != NONE
                && (hashOfSlot[slot] != hash || !users[placeOfSlot[slot]].userId.equals(userId))) {
            slot = slot + 1 & last;
        }
        return slot;
    }

    private void put(int place, int hash) {
        int last = placeOfSlot.length - 1;
        int slot = hash & last;
        while (placeOfSlot[slot] != NONE) {
            slot = slot + 1 & last;
        }
        placeOfSlot[slot] = place;
        hashOfSlot[slot] = hash;
    }

    private void grow() {
        users = Arrays.copyOf(users, users.length * 2);
        free = new int[users.length];
        int[] places = placeOfSlot;
        int[] hashes = hashOfSlot;
        placeOfSlot = noPlaces(places.length * 2);
        hashOfSlot = new int[hashes.length * 2];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != NONE) {
                put(places[i], hashes[i]);
            }
        }
    }

    /** Spread, since ids often differ in their last characters only. */
    private static int hashOf(String userId) {
        int hash = userId.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
