// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.Prefetchable;
import java.util.Arrays;

/**
 * Reads what the cache holds of some users ahead of its use: each step from object to object for all of them before
 * the next step for any, so that a core waits for many lines of memory at once, and not for one after the other
 * (group prefetching; S. Chen, A. Ailamaki, P. Gibbons, T. Mowry, "Improving hash join performance through
 * prefetching", ICDE 2004). Keeps numbers only: references stored here would be work for the garbage collector.
 */
final class GroupPrefetch<T extends Prefetchable> {
    /** Users at once: more waits than a core can have open, and no more lines than its own cache takes. */
    static final int MOST = 32;

    private static final int REMEMBERED = 256;
    private static final int PASSED_OVER = DecodedValues.NO_SLOT - 1;

    private final CachedUsers users;
    private final DecodedValues<T> decoded;
    private final int[] sought = new int[MOST];
    private final int[] slots = new int[MOST];

    /** By the lower bits of a place, the last one fetched: so few users on, it still is in the core's own cache. */
    private final int[] fetched = new int[REMEMBERED];

    /** Of all that was read: a result that is never used need not be worked out. */
    @SuppressWarnings("UnusedVariable")
    private long sum;

    GroupPrefetch(CachedUsers users, DecodedValues<T> decoded) {
        this.users = users;
        this.decoded = decoded;
        Arrays.fill(fetched, CachedUsers.NOWHERE);
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
            int place = places[from + i];
            slots[i] = isToFetch(place) ? users.slot(place) : PASSED_OVER;
        }
        for (int i = 0; i < count; i++) {
            if (slots[i] != PASSED_OVER) {
                sum += users.entry(places[from + i]).length + users.marks(places[from + i]);
            }
            if (slots[i] >= 0 && decoded.at(slots[i]).value() == null) {
                slots[i] = PASSED_OVER;
            }
        }
        for (int i = 0; i < count; i++) {
            if (slots[i] >= 0) {
                sum += decoded.at(slots[i]).value().touch();
            } else if (slots[i] != PASSED_OVER) {
                sum += restOf(places[from + i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (slots[i] >= 0) {
                sum += decoded.at(slots[i]).value().touchArrays();
            }
        }
    }

    /** Whether it is held, and not one of those fetched last: they have half of the records where users are unequal. */
    private boolean isToFetch(int place) {
        if (place == CachedUsers.NOWHERE || users.isFree(place)) {
            return false;
        }
        int at = place & REMEMBERED - 1;
        boolean isNew = fetched[at] != place;
        fetched[at] = place;
        return isNew;
    }

    /** Of a packed user: all that will be read. */
    private int restOf(int place) {
        byte[] entry = users.entry(place);
        int read = 0;
        for (int i = Prefetchable.CACHE_LINE; i < entry.length; i += Prefetchable.CACHE_LINE) {
            read += entry[i];
        }
        return read;
    }
}
