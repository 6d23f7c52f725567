// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Brings users that are to be written into the order in which RocksDB keeps them: by key group, length of the id
 * and the id's characters. Each insertion into its sorted buffer then begins where the one before it ended, in
 * memory that is at hand. The order is a matter of speed only, so four characters after those that all ids have
 * in common must do.
 */
final class WriteOrder {
    private static final int CHARACTERS = 4;
    private static final int CHARACTER_BITS = 7;
    private static final int LENGTH_BITS = 8;
    private static final int PLACE_BITS = 12;

    /** How many can be sorted at a time. */
    static final int MOST = 1 << PLACE_BITS;

    private final ToIntFunction<String> keyGroup;
    private final long[] keys = new long[MOST];
    private final int[] sorted = new int[MOST];

    WriteOrder(ToIntFunction<String> keyGroup) {
        this.keyGroup = keyGroup;
    }

    /** Sorts the first so many places of users that the index holds. */
    void sort(int[] places, int count, CacheIndex users) {
        if (count < 2) {
            return;
        }
        int common = commonPrefix(places, count, users);
        for (int i = 0; i < count; i++) {
            keys[i] = keyOf(users.at(places[i]).userId, common) << PLACE_BITS | i;
        }
        Arrays.sort(keys, 0, count);
        for (int i = 0; i < count; i++) {
            sorted[i] = places[(int) keys[i] & MOST - 1];
        }
        System.arraycopy(sorted, 0, places, 0, count);
    }

    private long keyOf(String userId, int common) {
        long key = keyGroup.applyAsInt(userId);
        key = key << LENGTH_BITS | Math.min(userId.length(), (1 << LENGTH_BITS) - 1);
        for (int i = common; i < common + CHARACTERS; i++) {
            int character = i < userId.length() ? userId.charAt(i) : 0;
            key = key << CHARACTER_BITS | Math.min(character, (1 << CHARACTER_BITS) - 1);
        }
        return key;
    }

    private static int commonPrefix(int[] places, int count, CacheIndex users) {
        String first = users.at(places[0]).userId;
        int common = first.length();
        for (int i = 1; i < count; i++) {
            String other = users.at(places[i]).userId;
            int limit = Math.min(common, other.length());
            common = 0;
            while (common < limit && first.charAt(common) == other.charAt(common)) {
                common++;
            }
        }
        return common;
    }
}
