// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;

/**
 * A user's id at the head of an array of bytes, whatever lies behind it: its length, then a byte a character, or two
 * if there is one that needs them. A string would be two objects more for each user that is held.
 */
final class IdBytes {
    private static final int HEADER = 2;
    private static final int LONGEST = (1 << 15) - 1;

    private IdBytes() {}

    /** An array that begins with an id and has so many bytes behind it. */
    static byte[] of(String id, int room) {
        int length = id.length();
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "a user id has "
                            + length
                            + " characters; refuse events with such on admission");
        }
        boolean wide = isWide(id);
        byte[] bytes = new byte[HEADER + (wide ? 2 * length : length) + room];
        int header = length << 1 | (wide ? 1 : 0);
        bytes[0] = (byte) (header >> Byte.SIZE);
        bytes[1] = (byte) header;
        for (int i = 0; i < length; i++) {
            char character = id.charAt(i);
            if (wide) {
                bytes[HEADER + 2 * i] = (byte) (character >> Byte.SIZE);
                bytes[HEADER + 2 * i + 1] = (byte) character;
            } else {
                bytes[HEADER + i] = (byte) character;
            }
        }
        return bytes;
    }

    private static boolean isWide(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) > 0xFF) {
                return true;
            }
        }
        return false;
    }

    /** Whether the array begins with this id. */
    static boolean isOf(byte[] bytes, String id) {
        int length = length(bytes);
        if (length != id.length()) {
            return false;
        }
        boolean wide = isWide(bytes);
        for (int i = 0; i < length; i++) {
            if (character(bytes, i, wide) != id.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The id that comes next in such a form. */
    static String read(DataInputView in) throws IOException {
        byte[] bytes = new byte[HEADER];
        in.readFully(bytes);
        bytes = Arrays.copyOf(bytes, end(bytes));
        in.readFully(bytes, HEADER, bytes.length - HEADER);
        return read(bytes);
    }

    /** The id that the array begins with. */
    static String read(byte[] bytes) {
        int length = length(bytes);
        if (!isWide(bytes)) {
            return new String(bytes, HEADER, length, StandardCharsets.ISO_8859_1);
        }
        char[] characters = new char[length];
        for (int i = 0; i < length; i++) {
            characters[i] = charAt(bytes, i);
        }
        return new String(characters);
    }

    /** Characters of the id. */
    static int length(byte[] bytes) {
        return header(bytes) >> 1;
    }

    /** A character of the id. */
    static char charAt(byte[] bytes, int i) {
        return character(bytes, i, isWide(bytes));
    }

    /** Where the id ends. */
    static int end(byte[] bytes) {
        return HEADER + (length(bytes) << (isWide(bytes) ? 1 : 0));
    }

    private static boolean isWide(byte[] bytes) {
        return (bytes[1] & 1) != 0;
    }

    private static int header(byte[] bytes) {
        return ((bytes[0] & 0xFF) << Byte.SIZE) | (bytes[1] & 0xFF);
    }

    private static char character(byte[] bytes, int i, boolean wide) {
        return (char)
                (wide
                        ? ((bytes[HEADER + 2 * i] & 0xFF) << Byte.SIZE)
                                | (bytes[HEADER + 2 * i + 1] & 0xFF)
                        : bytes[HEADER + i] & 0xFF);
    }
}
