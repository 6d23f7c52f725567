// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * Brings users of one key group that are to be written into the order in which RocksDB keeps them: by length of the
 * id and the id's characters. Each insertion into its sorted buffer then begins where the one before it ended, in
 * memory that is at hand. The order is a matter of speed only, so six characters after those that all ids have
 * in common must do.
 */
final class WriteOrder {
    private static final int CHARACTERS = 6;
    private static final int CHARACTER_BITS = 7;
    private static final int LENGTH_BITS = 8;
    private static final int PLACE_BITS = 12;

    /** How many can be sorted at a time. */
    static final int MOST = 1 << PLACE_BITS;

    private final long[] keys = new long[MOST];
    private final int[] sorted = new int[MOST];

    /** Sorts the first so many places. */
    void sort(int[] places, int count, CachedUsers users) {
        if (count < 2) {
            return;
        }
        int common = commonPrefix(places, count, users);
        for (int i = 0; i < count; i++) {
            keys[i] = keyOf(users.entry(places[i]), common) << PLACE_BITS | i;
        }
        Arrays.sort(keys, 0, count);
        for (int i = 0; i < count; i++) {
            sorted[i] = places[(int) keys[i] & MOST - 1];
        }
        System.arraycopy(sorted, 0, places, 0, count);
    }

    private static long keyOf(byte[] entry, int common) {
        int length = IdBytes.length(entry);
        long key = Math.min(length, (1 << LENGTH_BITS) - 1);
        for (int i = common; i < common + CHARACTERS; i++) {
            int character = i < length ? IdBytes.charAt(entry, i) : 0;
            key = key << CHARACTER_BITS | Math.min(character, (1 << CHARACTER_BITS) - 1);
        }
        return key;
    }

    private static int commonPrefix(int[] places, int count, CachedUsers users) {
        byte[] first = users.entry(places[0]);
        int common = IdBytes.length(first);
        for (int i = 1; i < count; i++) {
            byte[] other = users.entry(places[i]);
            int limit = Math.min(common, IdBytes.length(other));
            common = 0;
            while (common < limit
                    && IdBytes.charAt(first, common) == IdBytes.charAt(other, common)) {
                common++;
            }
        }
        return common;
    }
}
