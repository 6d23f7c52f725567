// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Doubles in an array of bytes, exact to the bit: whole numbers below 2^16, which most are, take two bytes, others
 * eight. A byte before each eight of them tells which.
 */
final class CompactDoubles {
    private static final VarHandle CHAR =
            MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GROUP = Byte.SIZE;

    private CompactDoubles() {}

    /** Bytes that so many take at most. */
    static int room(int count) {
        return count * Double.BYTES + (count + GROUP - 1) / GROUP;
    }

    /** Writes from an index on; returns the index behind. */
    static int write(double[] values, byte[] bytes, int from) {
        int at = from;
        for (int first = 0; first < values.length; first += GROUP) {
            int head = at++;
            int wide = 0;
            int end = Math.min(first + GROUP, values.length);
            for (int i = first; i < end; i++) {
                long bits = Double.doubleToRawLongBits(values[i]);
                char whole = (char) values[i];
                // By their bits: negative zero is no whole number here.
                if (Double.doubleToRawLongBits(whole) == bits) {
                    CHAR.set(bytes, at, whole);
                    at += Character.BYTES;
                } else {
                    LONG.set(bytes, at, bits);
                    at += Long.BYTES;
                    wide |= 1 << (i - first);
                }
            }
            bytes[head] = (byte) wide;
        }
        return at;
    }

    /** Fills the values from what lies from an index on; returns the index behind. */
    static int read(byte[] bytes, int from, double[] values) {
        int at = from;
        for (int first = 0; first < values.length; first += GROUP) {
            int wide = bytes[at++];
            int end = Math.min(first + GROUP, values.length);
            for (int i = first; i < end; i++) {
                if ((wide & 1) == 0) {
                    values[i] = (char) CHAR.get(bytes, at);
                    at += Character.BYTES;
                } else {
                    values[i] = Double.longBitsToDouble((long) LONG.get(bytes, at));
                    at += Long.BYTES;
                }
                wide >>= 1;
            }
        }
        return at;
    }
}
