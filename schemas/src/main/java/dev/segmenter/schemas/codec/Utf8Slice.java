// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text where it lies in a record's bytes: made once, moved from record to record. */
public final class Utf8Slice {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int from;
    private int length;
    private boolean present;

    void moveTo(byte[] newBytes, int newFrom, int newLength) {
        bytes = newBytes;
        from = newFrom;
        length = newLength;
        present = true;
    }

    void clear() {
        bytes = NONE;
        from = 0;
        length = 0;
        present = false;
    }

    /** False if the record has null here. */
    public boolean isPresent() {
        return present;
    }

    /** Bytes, not characters. */
    public int length() {
        return length;
    }

    /** True if the text has just these bytes. */
    public boolean isEqualTo(byte[] text) {
        return Arrays.equals(bytes, from, from + length, text, 0, text.length);
    }

    /** Writes the characters of an ASCII text, as many as bytes; false if it is none or does not fit. */
    public boolean copyAscii(char[] target) {
        if (length > target.length) {
            return false;
        }
        int signs = 0;
        for (int i = 0; i < length; i++) {
            byte next = bytes[from + i];
            signs |= next;
            target[i] = (char) next;
        }
        return signs >= 0;
    }

    /** The text as general codecs make it: what is no UTF-8 becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
