// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * The cache's users by their id, each at a place of its own as long as it is held: what changes from access to
 * access is in arrays of numbers beside them, since references that move about within an old generation are
 * what a garbage collector has to look after. Ids are found by open addressing.
 */
final class CacheIndex {
    /** No place. */
    static final int NOWHERE = -1;

    private static final int INITIAL_PLACES = 1 << 10;

    private CachedUser[] users = new CachedUser[INITIAL_PLACES];
    private int[] free = new int[INITIAL_PLACES];
    private int freed;
    private int end;
    private int size;

    /**
     * The hash table: users, and their hashes. Both are read at once, where a place in the table would have to be
     * waited for before the user there can be.
     */
    private CachedUser[] table = new CachedUser[2 * INITIAL_PLACES];

    private int[] hashes = new int[2 * INITIAL_PLACES];

    /** Of hashes met where they belong, for {@link #likelyPlaces} alone. */
    @SuppressWarnings("UnusedVariable")
    private long met;

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
        return table[slotOf(userId, hashOf(userId))];
    }

    /**
     * Places of users with the hashes of these ids: their own, or by rare chance another one's; {@link #NOWHERE} for
     * none. The table is read for all of them before any is looked for, so that the waits for memory overlap.
     */
    void likelyPlaces(String[] userIds, int count, int[] places) {
        int last = table.length - 1;
        for (int i = 0; i < count; i++) {
            int hash = hashOf(userIds[i]);
            places[i] = hash;
            met += hashes[hash & last] == hash && table[hash & last] != null ? 1 : 0;
        }
        for (int i = 0; i < count; i++) {
            places[i] = likelyPlace(places[i]);
        }
    }

    private int likelyPlace(int hash) {
        int last = table.length - 1;
        int slot = hash & last;
        while (table[slot] != null && hashes[slot] != hash) {
            slot = slot + 1 & last;
        }
        return table[slot] == null ? NOWHERE : table[slot].place;
    }

    /** Gives it a place; it must not be in it. */
    void add(CachedUser user) {
        if (freed == 0 && end == users.length) {
            grow();
        }
        user.place = freed > 0 ? free[--freed] : end++;
        users[user.place] = user;
        size++;
        put(user, hashOf(user.userId));
    }

    /** It must be in it; in the hash table, whoever stands behind it moves up. */
    void remove(CachedUser user) {
        int last = table.length - 1;
        int gap = slotOf(user.userId, hashOf(user.userId));
        for (int slot = gap + 1 & last; table[slot] != null; slot = slot + 1 & last) {
            int wanted = hashes[slot] & last;
            if ((slot - wanted & last) >= (slot - gap & last)) {
                table[gap] = table[slot];
                hashes[gap] = hashes[slot];
                gap = slot;
            }
        }
        table[gap] = null;
        users[user.place] = null;
        free[freed++] = user.place;
        size--;
    }

    private int slotOf(String userId, int hash) {
        int last = table.length - 1;
        int slot = hash & last;
        while (table[slot] != null
                && (hashes[slot] != hash || !table[slot].userId.equals(userId))) {
            slot = slot + 1 & last;
        }
        return slot;
    }

    private void put(CachedUser user, int hash) {
        int last = table.length - 1;
        int slot = hash & last;
        while (table[slot] != null) {
            slot = slot + 1 & last;
        }
        table[slot] = user;
        hashes[slot] = hash;
    }

    private void grow() {
        users = Arrays.copyOf(users, users.length * 2);
        free = new int[users.length];
        CachedUser[] before = table;
        int[] hashesBefore = hashes;
        table = new CachedUser[before.length * 2];
        hashes = new int[table.length];
        for (int slot = 0; slot < before.length; slot++) {
            if (before[slot] != null) {
                put(before[slot], hashesBefore[slot]);
            }
        }
    }

    /** Spread, since ids often differ in their last characters only. */
    private static int hashOf(String userId) {
        int hash = userId.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
