// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads an event where it lies, without making an object: for the one version of the schema that it
 * is written for. It takes only what Avro takes, and gives the same values; what it refuses may
 * still be good (blocks of a map with their size, numbers of ten bytes) and is the general codec's
 * to judge. Made once, moved from record to record: not thread-safe.
 */
public final class EventCursor {
    /** CRC-64-AVRO of the schema that is read. */
    public static final long FINGERPRINT = 0xD7B956CF19E444E1L;

    private static final VarHandle LITTLE_ENDIAN_DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    // Indexes of a union of null and something, in zigzag.
    private static final int ABSENT = 0;
    private static final int PRESENT = 2;
    private static final int LONGEST_NUMBER = 9;

    private final Utf8Slice eventId = new Utf8Slice();
    private final Utf8Slice userId = new Utf8Slice();
    private final Utf8Slice eventType = new Utf8Slice();
    private final Utf8Slice itemId = new Utf8Slice();
    private final Utf8Slice category = new Utf8Slice();
    private final Utf8Slice skipped = new Utf8Slice();
    private long eventTime;
    private boolean hasPrice;
    private double price;

    private byte[] bytes;
    private int at;
    private long number;

    /** True if the bytes from an offset on are one whole event, which then is at hand. */
    public boolean read(byte[] newBytes, int from) {
        bytes = newBytes;
        at = from;
        return readText(eventId)
                && readText(userId)
                && readTime()
                && readText(eventType)
                && readOptionalText(itemId)
                && readOptionalText(category)
                && readPrice()
                && readOptionalText(skipped)
                && skipAttributes()
                && at == bytes.length;
    }

    public Utf8Slice eventId() {
        return eventId;
    }

    public Utf8Slice userId() {
        return userId;
    }

    /** Epoch milliseconds. */
    public long eventTime() {
        return eventTime;
    }

    public Utf8Slice eventType() {
        return eventType;
    }

    public Utf8Slice itemId() {
        return itemId;
    }

    public Utf8Slice category() {
        return category;
    }

    public boolean hasPrice() {
        return hasPrice;
    }

    /** 0 if there is none. */
    public double price() {
        return price;
    }

    private boolean readTime() {
        if (!readNumber()) {
            return false;
        }
        eventTime = number;
        return true;
    }

    private boolean readText(Utf8Slice text) {
        if (!readNumber() || number < 0 || number > bytes.length - at) {
            return false;
        }
        int length = (int) number;
        text.moveTo(bytes, at, length);
        at += length;
        return true;
    }

    private boolean readOptionalText(Utf8Slice text) {
        int branch = readBranch();
        if (branch == ABSENT) {
            text.clear();
            return true;
        }
        return branch == PRESENT && readText(text);
    }

    private boolean readPrice() {
        int branch = readBranch();
        hasPrice = branch == PRESENT;
        price = 0;
        if (!hasPrice) {
            return branch == ABSENT;
        }
        if (bytes.length - at < Double.BYTES) {
            return false;
        }
        price = (double) LITTLE_ENDIAN_DOUBLE.get(bytes, at);
        at += Double.BYTES;
        return true;
    }

    /** Items take bytes: a count beyond them ends at the end of the array. */
    private boolean skipAttributes() {
        while (readNumber() && number >= 0) {
            if (number == 0) {
                return true;
            }
            for (long left = number; left > 0; left--) {
                boolean named = readText(skipped);
                if (!named || !readText(skipped)) {
                    return false;
                }
            }
        }
        return false;
    }

    private int readBranch() {
        return at < bytes.length ? bytes[at++] : -1;
    }

    /** A zigzag number of up to nine bytes. */
    private boolean readNumber() {
        long zigzag = 0;
        int end = Math.min(bytes.length, at + LONGEST_NUMBER);
        for (int shift = 0; at < end; shift += 7) {
            byte next = bytes[at++];
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                number = (zigzag >>> 1) ^ -(zigzag & 1);
                return true;
            }
        }
        return false;
    }
}
