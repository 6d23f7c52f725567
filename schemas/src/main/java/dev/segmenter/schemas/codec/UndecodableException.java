// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.util.HexFormat;

/** Bytes that no retry makes readable: a dead letter. Its message says what is wrong, and where. */
public final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_BYTES = 16;

    public UndecodableException(String message) {
        this(message, null);
    }

    /** Without a stack trace: poison comes in floods, and the message names the place. */
    public UndecodableException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    /** A few words on the bytes for a message: how many they are, and the first of them in hex. */
    static String describe(byte[] bytes) {
        int shown = Math.min(bytes.length, SHOWN_BYTES);
        String hex = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes, 0, shown);
        return bytes.length + " bytes: " + hex + (shown < bytes.length ? " ..." : "");
    }
}
