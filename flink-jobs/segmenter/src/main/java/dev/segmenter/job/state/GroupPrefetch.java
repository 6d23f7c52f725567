// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;

/**
 * Reads what the cache holds of some users ahead of its use: each step from object to object for all of them before
 * the next step for any, so that a core waits for many lines of memory at once, and not for one after the other
 * (group prefetching; S. Chen, A. Ailamaki, P. Gibbons, T. Mowry, "Improving hash join performance through
 * prefetching", ICDE 2004). Keeps numbers only: references stored here would be work for the garbage collector.
 */
final class GroupPrefetch<T extends Prefetchable> {
    /** Users at once: more waits than a core can have open, and no more lines than its own cache takes. */
    static final int MOST = 32;

    private final CacheIndex users;
    private final DecodedValues<T> decoded;
    private final int[] sought = new int[MOST];
    private final int[] slots = new int[MOST];

    /** Of all that was read: a result that is never used need not be worked out. */
    @SuppressWarnings("UnusedVariable")
    private long sum;

    GroupPrefetch(CacheIndex users, DecodedValues<T> decoded) {
        this.users = users;
        this.decoded = decoded;
    }

    /** Of users by their ids, at most {@link #MOST}; those not held are passed over. */
    void byId(String[] userIds, int count) {
        users.likelyPlaces(userIds, count, sought);
        follow(sought, 0, count);
    }

    /** Of users at these places from an index on, at most {@link #MOST}. */
    void byPlace(int[] places, int from, int count) {
        follow(places, from, count);
    }

    private void follow(int[] places, int from, int count) {
        for (int i = 0; i < count; i++) {
            CachedUser user = at(places[from + i]);
            slots[i] = user == null ? DecodedValues.NO_SLOT : user.slot;
        }
        for (int i = 0; i < count; i++) {
            CachedUser user = at(places[from + i]);
            if (user != null) {
                sum += user.userId.hashCode();
            }
            if (slots[i] != DecodedValues.NO_SLOT && decoded.at(slots[i]).value() == null) {
                slots[i] = DecodedValues.NO_SLOT;
            }
        }
        for (int i = 0; i < count; i++) {
            CachedUser user = at(places[from + i]);
            if (user != null) {
                sum += user.userId.length() + packedOf(user);
            }
            if (slots[i] != DecodedValues.NO_SLOT) {
                sum += decoded.at(slots[i]).value().touch();
            }
        }
        for (int i = 0; i < count; i++) {
            if (slots[i] != DecodedValues.NO_SLOT) {
                sum += decoded.at(slots[i]).value().touchArrays();
            }
        }
    }

    private CachedUser at(int place) {
        return place == CacheIndex.NOWHERE ? null : users.at(place);
    }

    /** All of it if it is what will be read, its head if it will be written anew. */
    private static int packedOf(CachedUser user) {
        if (user.packed == null) {
            return 0;
        }
        int sum = user.packed.length;
        for (int i = 0; i < user.packedBytes; i += Prefetchable.CACHE_LINE) {
            sum += user.packed[i];
        }
        return sum;
    }
}
