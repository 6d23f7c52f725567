// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.Arrays;

/**
 * The cache's decoded values, each at a slot. A value that nobody needs any more stays at its slot, for the next
 * one to be read into: decoded values that lived long enough to become old and then died would be the worst of
 * garbage. And slots are numbers: references that move from old object to old object with each user that is packed
 * or unpacked are what G1 has to look after.
 */
final class DecodedValues<T> {
    /** Of whom nothing is decoded. */
    static final int NO_SLOT = -1;

    private static final int INITIAL_SLOTS = 1 << 10;

    /** Packing and unpacking go by turns, so few are ever needed. */
    private static final int SPARE = 64;

    private Timed<T>[] values = newValues(INITIAL_SLOTS);
    private int[] free = new int[INITIAL_SLOTS];
    private int freed;
    private int end;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Timed<T>[] newValues(int count) {
        return (Timed<T>[]) new Timed[count];
    }

    /** Slots in use. */
    int size() {
        return end - freed;
    }

    /** The value at a slot. */
    Timed<T> at(int slot) {
        return values[slot];
    }

    void set(int slot, Timed<T> value) {
        values[slot] = value;
    }

    /** A slot, at which there may be a value to read the next one into. */
    int take() {
        if (freed > 0) {
            return free[--freed];
        }
        if (end == values.length) {
            values = Arrays.copyOf(values, 2 * end);
            free = Arrays.copyOf(free, 2 * end);
        }
        return end++;
    }

    void release(int slot) {
        if (freed >= SPARE) {
            values[slot] = null;
        }
        free[freed++] = slot;
    }
}
