// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Small pieces of binary form that the serializers share. */
final class Binary {
    private static final int ABSENT = -1;

    private Binary() {}

    /** Writes length and bytes; null is length -1. */
    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        if (bytes == null) {
            out.writeInt(ABSENT);
            return;
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** UTF-8 with a four-byte length, since writeUTF ends at 64 KiB; null is length -1. */
    static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static void writeDoubles(double[] values, DataOutput out) throws IOException {
        out.writeShort(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[in.readUnsignedShort()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    /** At most ten bytes, one below 128; seven bits each, the lowest first. */
    static long readVarint(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("a number of more than ten bytes; the bytes are corrupt");
    }

    /** A small whole number is its successor in a varint, any other 0 and its bits. */
    static double[] readCompactDoubles(DataInput in) throws IOException {
        double[] values = new double[(int) readVarint(in)];
        for (int i = 0; i < values.length; i++) {
            long whole = readVarint(in) - 1;
            values[i] = whole < 0 ? in.readDouble() : whole;
        }
        return values;
    }
}
