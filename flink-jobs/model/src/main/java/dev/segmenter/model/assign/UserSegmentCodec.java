// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Compact bytes of a {@link UserSegment}, of any number of features: a format byte, flags, then
 * zigzag varints (times as distances from the incarnation). Of the vectors' values a whole number, as
 * most are, is a varint and any other -1 and its bits. Format 1 had the bits of all of them.
 */
public final class UserSegmentCodec {
    private static final int FORMAT = 2;
    private static final int FORMAT_OF_BITS = 1;

    /** From here on a varint takes no less than a double. */
    private static final long GREATEST_WHOLE = 1L << 54;

    private static final int IN_SEGMENT = 1;
    private static final int HAS_CANDIDATE = 1 << 1;
    private static final int CANDIDATE_BY_MODEL = 1 << 2;
    private static final int HAS_VECTOR = 1 << 3;
    private static final int HAS_ENTRY = 1 << 4;
    private static final int FEATURES_CHANGED = 1 << 5;
    private static final int FLAGGED = 1 << 6;
    private static final int TOLD_FLAGGED = 1 << 7;

    /** Appends the state's bytes. */
    public void write(UserSegment s, DataOutput out) throws IOException {
        int flags = flagsOf(s);
        out.writeByte(FORMAT);
        out.writeByte(flags);
        writeVarint(s.incarnation, out);
        writeVarint(s.lastTime - s.incarnation, out);
        writeVarint(s.sequence, out);
        if ((flags & IN_SEGMENT) != 0) {
            writeVarint(s.segmentId, out);
            writeVarint(s.since - s.incarnation, out);
        }
        if ((flags & HAS_CANDIDATE) != 0) {
            writeVarint(s.candidateId, out);
            writeVarint(s.candidateSince - s.incarnation, out);
            // A guard ends after its candidate arose, so 0 is free to say that none is pending.
            writeVarint(
                    s.nextMoment == UserSegment.NEVER ? 0 : s.nextMoment - s.candidateSince, out);
        }
        if ((flags & HAS_VECTOR) != 0) {
            writeVarint(s.keptNearest, out);
            writeVarint(s.keptVersion, out);
            out.writeLong(s.fingerprint);
            writeVarint(s.values.length, out);
            writeValues(s.values, out);
        }
        if ((flags & HAS_ENTRY) != 0) {
            writeValues(s.entryValues, out);
        }
    }

    /** Reads what {@link #write} wrote; refuses bytes of an unknown format. */
    public UserSegment read(DataInput in) throws IOException {
        return read(in, null);
    }

    /** The same into a state that nobody needs any more, so that hardly anything is allocated; null for none. */
    public UserSegment read(DataInput in, UserSegment reuse) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT && format != FORMAT_OF_BITS) {
            throw new IOException(
                    "user segment state has format "
                            + format
                            + ", this release reads "
                            + FORMAT_OF_BITS
                            + " and "
                            + FORMAT
                            + "; restore it with the release that wrote it");
        }
        int flags = in.readUnsignedByte();
        long incarnation = readVarint(in);
        UserSegment s = begun(incarnation, incarnation + readVarint(in), reuse);
        s.sequence = readVarint(in);
        if ((flags & IN_SEGMENT) != 0) {
            s.segmentId = (int) readVarint(in);
            s.since = incarnation + readVarint(in);
        }
        if ((flags & HAS_CANDIDATE) != 0) {
            readCandidate(s, in);
        }
        if ((flags & HAS_VECTOR) != 0) {
            readVector(s, format, in);
            s.entryValues = entryValues(s, flags, format, in);
        } else {
            s.values = null;
            s.entryValues = null;
        }
        s.candidateByModel = (flags & CANDIDATE_BY_MODEL) != 0;
        s.featuresChanged = (flags & FEATURES_CHANGED) != 0;
        s.flagged = (flags & FLAGGED) != 0;
        s.toldFlagged = (flags & TOLD_FLAGGED) != 0;
        return s;
    }

    private static UserSegment begun(long incarnation, long time, UserSegment reuse) {
        if (reuse == null) {
            return new UserSegment(incarnation, time);
        }
        reuse.begin(incarnation, time);
        return reuse;
    }

    private static int flagsOf(UserSegment s) {
        boolean hasVector = s.values != null;
        // Most users still are where they entered: equal vectors are written once.
        boolean hasEntry = s.entryValues != null && !Arrays.equals(s.entryValues, s.values);
        return (s.segmentId != UserSegment.NONE ? IN_SEGMENT : 0)
                | (s.candidateId != UserSegment.NONE ? HAS_CANDIDATE : 0)
                | (s.candidateByModel ? CANDIDATE_BY_MODEL : 0)
                | (hasVector ? HAS_VECTOR : 0)
                | (hasEntry ? HAS_ENTRY : 0)
                | (s.featuresChanged ? FEATURES_CHANGED : 0)
                | (s.flagged ? FLAGGED : 0)
                | (s.toldFlagged ? TOLD_FLAGGED : 0);
    }

    private static void readCandidate(UserSegment s, DataInput in) throws IOException {
        s.candidateId = (int) readVarint(in);
        s.candidateSince = s.incarnation + readVarint(in);
        long wait = readVarint(in);
        s.nextMoment = wait == 0 ? UserSegment.NEVER : s.candidateSince + wait;
    }

    private static void readVector(UserSegment s, int format, DataInput in) throws IOException {
        s.keptNearest = (int) readVarint(in);
        s.keptVersion = readVarint(in);
        s.fingerprint = in.readLong();
        s.values = readValues(s.values, (int) readVarint(in), format, in);
    }

    private static double[] entryValues(UserSegment s, int flags, int format, DataInput in)
            throws IOException {
        if ((flags & HAS_ENTRY) != 0) {
            return readValues(s.entryValues, s.values.length, format, in);
        }
        return (flags & IN_SEGMENT) != 0 ? UserSegment.copyInto(s.entryValues, s.values) : null;
    }

    private static void writeValues(double[] numbers, DataOutput out) throws IOException {
        for (double number : numbers) {
            long whole = (long) number;
            if (whole >= 0 && whole < GREATEST_WHOLE && isExactly(number, (double) whole)) {
                writeVarint(whole, out);
            } else {
                writeVarint(-1, out);
                out.writeDouble(number);
            }
        }
    }

    private static double[] readValues(double[] reuse, int count, int format, DataInput in)
            throws IOException {
        double[] numbers = reuse != null && reuse.length == count ? reuse : new double[count];
        for (int i = 0; i < count; i++) {
            long whole = format == FORMAT_OF_BITS ? -1 : readVarint(in);
            numbers[i] = whole < 0 ? in.readDouble() : whole;
        }
        return numbers;
    }

    /** Negative zero is not zero here. */
    private static boolean isExactly(double number, double whole) {
        return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits(whole);
    }

    /** Zigzag, then seven bits a byte, lowest first (the coding of Protocol Buffers' sint64). */
    private static void writeVarint(long value, DataOutput out) throws IOException {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readVarint(DataInput in) throws IOException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            bits |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new IOException("user segment state is corrupt: a varint of more than ten bytes");
    }
}
