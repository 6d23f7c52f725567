// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads an {@link Event} from one JSON object in UTF-8, with the field names of Event.avsc.
 * {@code event_time} is epoch milliseconds or an ISO-8601 string with an offset, cut to
 * milliseconds. A null counts as a missing field; unknown fields are ignored; of a repeated field
 * the last wins. An event of type {@code $erase} needs its user and nothing more: without them its id
 * and time are null. Checks form only: whether a price or a time makes sense is for the job to say.
 */
public final class JsonEventDecoder implements RecordDecoder<Event> {

    private static final String ERASE = "$erase";
    private static final int SHOWN_CHARACTERS = 64;

    // Names come from outside: interning them would fill the JVM's string table for ever.
    private final JsonFactory factory =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .build();

    @Override
    public Event decode(byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw new UndecodableException("no bytes instead of a JSON object");
        }
        try (JsonParser parser = factory.createParser(bytes)) {
            return readEvent(parser);
        } catch (JsonProcessingException e) {
            throw new UndecodableException(
                    "malformed JSON at byte %d: %s; %s"
                            .formatted(
                                    e.getLocation() == null ? -1 : e.getLocation().getByteOffset(),
                                    e.getOriginalMessage(),
                                    UndecodableException.describe(bytes)),
                    e);
        } catch (IOException e) {
            // Jackson's decoder of UTF-8 reports some broken sequences so; memory itself cannot
            // fail.
            throw new UndecodableException("malformed JSON: " + e.getMessage(), e);
        }
    }

    private static Event readEvent(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UndecodableException("not a JSON object, but " + shown(parser));
        }
        Event event = new Event();
        event.setAttributes(new HashMap<>());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            readField(event, name, parser);
        }
        if (parser.nextToken() != null) {
            throw new UndecodableException(
                    "more follows the JSON object: " + shown(parser) + "; write one a record");
        }
        requireFields(event);
        return event;
    }

    private static void requireFields(Event event) {
        requireField("user_id", event.getUserId());
        requireField("event_type", event.getEventType());
        if (!ERASE.equals(event.getEventType())) {
            requireField("event_id", event.getEventId());
            requireField("event_time", event.getEventTime());
        }
    }

    private static void readField(Event event, String name, JsonParser parser) throws IOException {
        switch (name) {
            case "event_id" -> event.setEventId(text(name, parser));
            case "user_id" -> event.setUserId(text(name, parser));
            case "event_time" -> readTime(event, parser);
            case "event_type" -> event.setEventType(text(name, parser));
            case "item_id" -> event.setItemId(text(name, parser));
            case "category" -> event.setCategory(text(name, parser));
            case "price" -> event.setPrice(number(name, parser));
            case "session_id" -> event.setSessionId(text(name, parser));
            case "attributes" -> event.setAttributes(attributes(parser));
            default -> parser.skipChildren();
        }
    }

    private static void readTime(Event event, JsonParser parser) throws IOException {
        Instant time = instant(parser);
        if (time != null) { // Avro's setter dereferences it.
            event.setEventTime(time);
        }
    }

    private static void requireField(String name, Object value) {
        if (value == null) {
            throw new UndecodableException(name + ": missing or null");
        }
    }

    private static String text(String name, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> throw wrong(name, parser, "a string");
        };
    }

    private static Double number(String name, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NULL -> null;
            default -> throw wrong(name, parser, "a number");
        };
    }

    private static Instant instant(JsonParser parser) throws IOException {
        String wanted = "epoch milliseconds or an ISO-8601 time with an offset";
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> Instant.ofEpochMilli(parser.getLongValue());
                // By way of milliseconds, so that JSON and Avro name the same times.
                case VALUE_STRING ->
                        Instant.ofEpochMilli(Instant.parse(parser.getText()).toEpochMilli());
                case VALUE_NULL -> null;
                default -> throw wrong("event_time", parser, wanted);
            };
        } catch (DateTimeException | ArithmeticException | InputCoercionException e) {
            throw wrong("event_time", parser, wanted);
        }
    }

    private static Map<String, String> attributes(JsonParser parser) throws IOException {
        Map<String, String> attributes = new HashMap<>();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return attributes;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("attributes", parser, "an object of strings");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            String value = text("attributes." + shortened(name), parser);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private static UndecodableException wrong(String name, JsonParser parser, String wanted)
            throws IOException {
        return new UndecodableException(name + ": " + shown(parser) + " is not " + wanted);
    }

    private static String shown(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            return "nothing";
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shortened(parser.getText()) + "\"";
            default -> shortened(parser.getText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
