// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Variable-length integers, 7 bits a byte, least significant first; signed ones in zigzag (Protocol Buffers). */
final class Varints {
    private Varints() {}

    static void writeUnsigned(DataOutput out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readUnsigned(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("user state: a number of more than 10 bytes; the bytes are corrupt");
    }

    static int readSize(DataInput in) throws IOException {
        long size = readUnsigned(in);
        if (size < 0 || size > 1 << 24) {
            throw new IOException("user state: size " + size + "; the bytes are corrupt");
        }
        return (int) size;
    }

    static void writeSigned(DataOutput out, long value) throws IOException {
        writeUnsigned(out, (value << 1) ^ (value >> 63));
    }

    static long readSigned(DataInput in) throws IOException {
        long zigzag = readUnsigned(in);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** A time at or before the clock, or {@link Aggregate#NEVER}. */
    static void writePast(DataOutput out, long time, long clock) throws IOException {
        writeUnsigned(out, time == Aggregate.NEVER ? 0 : clock - time + 1);
    }

    static long readPast(DataInput in, long clock) throws IOException {
        long ago = readUnsigned(in);
        return ago == 0 ? Aggregate.NEVER : clock - ago + 1;
    }
}
