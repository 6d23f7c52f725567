// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/** Users of the cache in the order of their entry; linked through the users, so that nothing is allocated. */
final class CacheOrder<T> {
    private CachedUser<T> oldest;
    private CachedUser<T> newest;
    private int size;

    /** Null if there is none. */
    CachedUser<T> oldest() {
        return oldest;
    }

    int size() {
        return size;
    }

    /** As the newest; it must be in no order. */
    void add(CachedUser<T> user) {
        user.older = newest;
        user.newer = null;
        if (newest == null) {
            oldest = user;
        } else {
            newest.newer = user;
        }
        newest = user;
        size++;
    }

    /** It must be in this order. */
    void remove(CachedUser<T> user) {
        if (user.older == null) {
            oldest = user.newer;
        } else {
            user.older.newer = user.newer;
        }
        if (user.newer == null) {
            newest = user.older;
        } else {
            user.newer.older = user.older;
        }
        user.older = null;
        user.newer = null;
        size--;
    }
}
