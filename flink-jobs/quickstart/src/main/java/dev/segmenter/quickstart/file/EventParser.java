// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import dev.segmenter.schemas.Event;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;

/** Turns texts into an event: whether it makes sense is left to the job, whether it can be read is not. */
final class EventParser {
    private EventParser() {}

    /**
     * Builds an event from its fields' texts, null or blank for unknown.
     *
     * @throws IllegalArgumentException if the time or the price is no number
     */
    static Event parse(Function<String, String> field, Map<String, String> attributes) {
        return Event.newBuilder()
                .setEventId(textOrEmpty(field.apply("event_id")))
                .setUserId(textOrEmpty(field.apply("user_id")))
                .setEventTime(time(textOrEmpty(field.apply("event_time"))))
                .setEventType(textOrEmpty(field.apply("event_type")))
                .setItemId(textOrNull(field.apply("item_id")))
                .setCategory(textOrNull(field.apply("category")))
                .setPrice(price(textOrNull(field.apply("price"))))
                .setSessionId(textOrNull(field.apply("session_id")))
                .setAttributes(attributes)
                .build();
    }

    /** Milliseconds since 1970 or an ISO-8601 instant such as 2024-05-01T12:00:00Z. */
    private static Instant time(String text) {
        try {
            return text.indexOf('T') < 0
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("event_time: '" + text + "' is no instant", e);
        }
    }

    private static Double price(String text) {
        return text == null ? null : Double.valueOf(text);
    }

    private static String textOrEmpty(String text) {
        return text == null ? "" : text.strip();
    }

    private static String textOrNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
