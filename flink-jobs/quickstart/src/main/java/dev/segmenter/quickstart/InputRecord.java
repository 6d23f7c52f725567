// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** One record for the topic clickstream: an event, valid or not, or bytes that are none. */
public final class InputRecord {
    private final String userId;
    private final Event event;
    private final byte[] value;

    private InputRecord(String userId, Event event, byte[] value) {
        this.userId = userId;
        this.event = event;
        this.value = value;
    }

    /** An event in Avro single-object encoding, valid or not. */
    public static InputRecord of(Event event) {
        try {
            ByteBuffer encoded = Event.getEncoder().encode(event);
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            return new InputRecord(event.getUserId(), event, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that are no event and shall become a dead letter. */
    public static InputRecord undecodable(String userId, byte[] value) {
        return new InputRecord(userId, null, value);
    }

    /** What the record says, null if it cannot be decoded. */
    public Event event() {
        return event;
    }

    /** The bytes on the wire, not copied. */
    public byte[] value() {
        return value;
    }

    /** The user id, null for none. */
    public String userId() {
        return userId;
    }

    /** The user id's UTF-8 bytes, null for none. */
    public byte[] key() {
        return userId == null ? null : userId.getBytes(UTF_8);
    }
}
