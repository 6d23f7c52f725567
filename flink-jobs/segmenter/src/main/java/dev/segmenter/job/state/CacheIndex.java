// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** The cache's users by their id: open addressing, the hashes beside the users, so that a miss costs one look. */
final class CacheIndex<T> {
    private static final int INITIAL_PLACES = 1 << 10;

    private CachedUser<T>[] users = newUsers(INITIAL_PLACES);
    private int[] hashes = new int[INITIAL_PLACES];
    private int size;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> CachedUser<T>[] newUsers(int count) {
        return (CachedUser<T>[]) new CachedUser[count];
    }

    int size() {
        return size;
    }

    /** Null if there is none. */
    CachedUser<T> get(String userId) {
        return users[placeOf(userId, hashOf(userId))];
    }

    /** It must not be in it. */
    void add(CachedUser<T> user) {
        if (++size > users.length / 2) {
            grow();
        }
        put(user, hashOf(user.userId));
    }

    /** It must be in it; whoever stands behind it moves up. */
    void remove(CachedUser<T> user) {
        size--;
        int last = users.length - 1;
        int gap = placeOf(user.userId, hashOf(user.userId));
        for (int place = gap + 1 & last; users[place] != null; place = place + 1 & last) {
            int wanted = hashes[place] & last;
            if ((place - wanted & last) >= (place - gap & last)) {
                users[gap] = users[place];
                hashes[gap] = hashes[place];
                gap = place;
            }
        }
        users[gap] = null;
    }

    private int placeOf(String userId, int hash) {
        int last = users.length - 1;
        int place = hash & last;
        while (users[place] != null
                && (hashes[place] != hash || !users[place].userId.equals(userId))) {
            place = place + 1 & last;
        }
        return place;
    }

    private void put(CachedUser<T> user, int hash) {
        int last = users.length - 1;
        int place = hash & last;
        while (users[place] != null) {
            place = place + 1 & last;
        }
        users[place] = user;
        hashes[place] = hash;
    }

    private void grow() {
        CachedUser<T>[] before = users;
        int[] hashesBefore = hashes;
        users = newUsers(before.length * 2);
        hashes = new int[users.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                put(before[i], hashesBefore[i]);
            }
        }
    }

    /** Spread, since ids often differ in their last characters only. */
    private static int hashOf(String userId) {
        int hash = userId.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
