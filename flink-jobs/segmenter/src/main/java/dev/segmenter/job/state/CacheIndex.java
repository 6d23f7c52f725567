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

    /** No place is negative. */
    private static final long NONE = -1;

    private CachedUser[] users = new CachedUser[INITIAL_PLACES];
    private int[] free = new int[INITIAL_PLACES];
    private int freed;
    private int end;
    private int size;

    /** The hash table: the hash in the upper half, the place in the lower one, or none at all. */
    private long[] slots = emptySlots(2 * INITIAL_PLACES);

    private static long[] emptySlots(int count) {
        long[] slots = new long[count];
        Arrays.fill(slots, NONE);
        return slots;
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
        long found = slots[slotOf(userId, hashOf(userId))];
        return found == NONE ? null : users[(int) found];
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
        int last = slots.length - 1;
        int gap = slotOf(user.userId, hashOf(user.userId));
        for (int slot = gap + 1 & last; slots[slot] != NONE; slot = slot + 1 & last) {
            int wanted = hashIn(slots[slot]) & last;
            if ((slot - wanted & last) >= (slot - gap & last)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = NONE;
        users[user.place] = null;
        free[freed++] = user.place;
        size--;
    }

    private int slotOf(String userId, int hash) {
        int last = slots.length - 1;
        int slot = hash & last;
        while (slots[slot] != NONE
                && (hashIn(slots[slot]) != hash
                        || !users[(int) slots[slot]].userId.equals(userId))) {
            slot = slot + 1 & last;
        }
        return slot;
    }

    private void put(int place, int hash) {
        int last = slots.length - 1;
        int slot = hash & last;
        while (slots[slot] != NONE) {
            slot = slot + 1 & last;
        }
        slots[slot] = (long) hash << Integer.SIZE | place;
    }

    private static int hashIn(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    private void grow() {
        users = Arrays.copyOf(users, users.length * 2);
        free = new int[users.length];
        long[] before = slots;
        slots = emptySlots(before.length * 2);
        for (long taken : before) {
            if (taken != NONE) {
                put((int) taken, hashIn(taken));
            }
        }
    }

    /** Spread, since ids often differ in their last characters only. */
    private static int hashOf(String userId) {
        int hash = userId.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
