// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model;

import net.openhft.hashing.LongHashFunction;

/** The one 64-bit hash (XXH3) behind votes, duplicates and distinct counts: stable across machines and releases. */
public final class Hashes {
    private static final LongHashFunction XX3 = LongHashFunction.xx3();

    private Hashes() {}

    /** Hash of a text's characters; allocates nothing. */
    public static long of(String text) {
        return XX3.hashChars(text);
    }

    /** Hash of the first characters of an array: that of the text they are. */
    public static long of(char[] text, int length) {
        return XX3.hashChars(text, 0, length);
    }

    /** Hash of two numbers, for example of a user's hash and an interval. */
    public static long of(long first, long second) {
        return mix(mix(first) ^ second);
    }

    /** Hash folded to 32 bits and never 0, which stands for "none". */
    public static int toInt(long hash) {
        int folded = (int) (hash ^ (hash >>> 32));
        return folded == 0 ? 1 : folded;
    }

    /** Finaliser of MurmurHash3 (A. Appleby): every input bit reaches every output bit. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
