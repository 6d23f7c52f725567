// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segmenter.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventDecoderTest {

    private static final String WHOLE =
            """
            {"event_id":"e-1","user_id":"u-1","event_time":1772360130123,"event_type":"purchase",\
            "item_id":"lamp","category":"home","price":12.5,"session_id":"s-1",\
            "attributes":{"device":"phone"}}""";

    private final JsonEventDecoder decoder = new JsonEventDecoder();

    private Event decode(String json) {
        return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole event with one field's JSON value replaced. */
    private static String with(String field, String value) {
        String quoted = "\"" + field + "\":";
        int from = WHOLE.indexOf(quoted) + quoted.length();
        int to = field.equals("attributes") ? WHOLE.length() - 1 : WHOLE.indexOf(',', from);
        return WHOLE.substring(0, from) + value + WHOLE.substring(to);
    }

    @Test
    void decode_everyField_isRead() {
        assertThat(decode(WHOLE)).isEqualTo(Samples.event());
        assertThat(decode(WHOLE + " \r\n")).isEqualTo(Samples.event());
    }

    @Test
    void decode_requiredFieldsOnly_leavesTheRestEmpty() {
        Event event =
                decode(
                        "{\"event_type\":\"view\",\"event_time\":0,\"user_id\":\"\",\"event_id\":\"\"}");
        assertThat(event)
                .isEqualTo(
                        Event.newBuilder()
                                .setEventId("")
                                .setUserId("")
                                .setEventTime(Instant.EPOCH)
                                .setEventType("view")
                                .setAttributes(Map.of())
                                .build());
    }

    @Test
    void decode_hostileStrings_asJacksonWroteThem() throws Exception {
        Map<String, Object> fields = new HashMap<>();
        for (Event event : Samples.hostileEvents().subList(0, 3)) {
            fields.put("event_id", event.getEventId());
            fields.put("user_id", event.getUserId());
            fields.put("event_time", event.getEventTime().toEpochMilli());
            fields.put("event_type", event.getEventType());
            fields.put("item_id", event.getItemId());
            fields.put("category", event.getCategory());
            fields.put("price", event.getPrice());
            fields.put("session_id", event.getSessionId());
            fields.put("attributes", event.getAttributes());
            assertThat(decoder.decode(new ObjectMapper().writeValueAsBytes(fields)))
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-03-01T10:15:30.123Z\"', 1772360130123",
        "'\"2026-03-01T11:15:30.123+01:00\"', 1772360130123",
        "'\"2026-03-01T10:15:30.123999Z\"', 1772360130123",
        "'\"1969-12-31T23:59:59.9999Z\"', -1",
        "1772360130123, 1772360130123",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
    })
    void decode_eventTime_isMilliseconds(String json, long expected) {
        assertThat(decode(with("event_time", json)).getEventTime().toEpochMilli())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-3, -3", "1e3, 1000", "1e999, Infinity", "-0.0, -0.0"})
    void decode_price_isLeftToTheJobToJudge(String json, double expected) {
        assertThat(decode(with("price", json)).getPrice()).isEqualTo(expected);
    }

    @Test
    void decode_nullsAndUnknownFields_areAsIfAbsent() {
        Event event =
                decode(
                        """
                        {"nested":{"user_id":"no","a":[{"b":1}]},"list":[1,[2]],"n":null,
                         "event_id":"e","user_id":"u","event_time":1,"event_type":"t","item_id":null,
                         "category":null,"price":null,"session_id":null,"attributes":null,"x":1.5}""");
        assertThat(event.getUserId()).isEqualTo("u");
        assertThat(event.getItemId()).isNull();
        assertThat(event.getPrice()).isNull();
        assertThat(event.getAttributes()).isEmpty();
        assertThat(decode(with("attributes", "{\"a\":null,\"b\":\"c\"}")).getAttributes())
                .containsExactly(Map.entry("b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_id", "user_id", "event_time", "event_type"})
    void decode_requiredFieldMissingOrNull_namesIt(String field) {
        assertThatThrownBy(() -> decode(with(field, "null")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(field + ": missing or null");
        assertThatThrownBy(() -> decode(WHOLE.replace("\"" + field + "\"", "\"other\"")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(field + ": missing or null");
    }

    @Test
    void decode_erasure_needsItsUserOnly() {
        Event erasure = decode("{\"event_type\":\"$erase\",\"user_id\":\"u\"}");
        assertThat(erasure.getUserId()).isEqualTo("u");
        assertThat(erasure.getEventId()).isNull();
        assertThat(erasure.getEventTime()).isNull();
        assertThatThrownBy(() -> decode("{\"event_type\":\"$erase\",\"event_time\":1}"))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("user_id: missing or null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event_id   | 17                        | event_id: 17 is not a string",
                "user_id    | {\"id\":1}                | user_id: an object is not a string",
                "event_type | [1]                       | event_type: an array is not a string",
                "item_id    | true                      | item_id: true is not a string",
                "category   | 1.50                      | category: 1.50 is not a string",
                "session_id | false                     | session_id: false is not a string",
                "price      | \"12.5\"                  | price: \"12.5\" is not a number",
                "event_time | \"yesterday\"             | event_time: \"yesterday\" is not epoch",
                "event_time | \"2026-03-01T10:15:30\"   | event_time: \"2026-03-01T10:15:30\" is not epoch",
                "event_time | \"+999999999-01-01T00:00:00Z\" | event_time: \"+999999999-01",
                "event_time | 1.5                       | event_time: 1.5 is not epoch",
                "event_time | 9223372036854775808       | event_time: 9223372036854775808 is not",
                "event_time | {}                        | event_time: an object is not epoch",
                "attributes | [\"a\"]                   | attributes: an array is not an object",
                "attributes | {\"size\":3}              | attributes.size: 3 is not a string",
                "attributes | {\"a\":{\"b\":\"c\"}}     | attributes.a: an object is not a string",
            })
    void decode_wrongType_namesFieldAndValue(String field, String value, String message) {
        assertThatThrownBy(() -> decode(with(field, value)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void decode_longWrongValue_isShortenedInTheMessage() {
        assertThatThrownBy(() -> decode(with("price", "\"" + "9".repeat(100_000) + "\"")))
                .hasMessageContaining("999...")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"text\"",
                "user_id=1",
                "<event/>",
                "{} {}",
                "{}{"
            })
    void decode_notOneObject_isUndecodable(String json) {
        assertThatThrownBy(() -> decode(json)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void decode_twoEventsInOneRecord_isUndecodable() {
        assertThatThrownBy(() -> decode(WHOLE + "\n" + WHOLE))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("one a record");
    }

    @Test
    void decode_nanAsPythonWritesIt_saysWhere() {
        assertThatThrownBy(() -> decode(with("price", "NaN")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("malformed JSON at byte")
                .hasMessageContaining("NaN");
    }

    @Test
    void decode_deeplyNestedUnknownField_isUndecodable() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> decode("{\"x\":" + deep + "}"))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void decode_null_isUndecodable() {
        assertThatThrownBy(() -> decoder.decode(null)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void decode_cutAtAnyByte_isUndecodable() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decoder.decode(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void decode_anyByteChanged_isAnEventOrUndecodable() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                refused += refusals(changed);
            }
        }
        assertThat(refused).isGreaterThan(whole.length * 100);
    }

    @Test
    void decode_randomBytes_areUndecodable() {
        Random random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(48)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && i % 2 == 0) {
                bytes[0] = '{';
            }
            refused += refusals(bytes);
        }
        assertThat(refused).isEqualTo(50_000);
    }

    private int refusals(byte[] bytes) {
        try {
            assertThat(decoder.decode(bytes)).isNotNull();
            return 0;
        } catch (UndecodableException e) {
            return 1;
        }
    }
}
