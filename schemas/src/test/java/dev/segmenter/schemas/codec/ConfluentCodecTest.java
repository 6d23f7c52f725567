// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.Event;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.RawMessageEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfluentCodecTest {

    private static final int ID = 0x01020304;
    private static final String VERSIONS = "/subjects/clickstream-value/versions";

    private final StubRegistry registry = new StubRegistry();
    private final ConfluentCodec<Event> codec =
            ConfluentCodec.of(Event.class, registry.client(), "clickstream-value");

    @BeforeEach
    void knowTheSchema() {
        registry.answer(VERSIONS, 200, "{\"id\":" + ID + "}");
        registry.answerSchema(ID, Event.getClassSchema());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void encode_firstRecord_registersOnceAndWritesTheIdBigEndian() {
        byte[] bytes = codec.encode(Samples.event());
        codec.encode(Samples.event());
        assertThat(bytes).startsWith(0, 1, 2, 3, 4);
        assertThat(registry.requests()).singleElement().matches(r -> r.path().equals(VERSIONS));
        assertThat(registry.requests().get(0).body()).doesNotContain("avro.java.string");
    }

    @Test
    void encode_withoutSubject_registersUnderTheRecordsName() {
        registry.answer("/subjects/dev.segmenter.schemas.DeadLetter/versions", 200, "{\"id\":9}");
        assertThat(
                        ConfluentCodec.of(DeadLetter.class, registry.client())
                                .encode(Samples.deadLetter()))
                .startsWith(0, 0, 0, 0, 9);
    }

    @Test
    void decode_hostileEvents_restoresThemWithOneRequest() {
        for (Event event : Samples.hostileEvents()) {
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
        }
        assertThat(registry.requests())
                .filteredOn(request -> request.method().equals("GET"))
                .hasSize(1);
    }

    @Test
    void bodyAt_onceTheSchemaIsMet_isBehindTheHeader() {
        byte[] bytes = codec.encode(Samples.event());
        byte[] others = bytes.clone();
        others[4]++;

        assertThat(codec.bodyAt(bytes, EventCursor.FINGERPRINT)).as("not met yet").isNegative();
        codec.decode(bytes);
        assertThat(codec.bodyAt(bytes, EventCursor.FINGERPRINT)).isEqualTo(5);
        assertThat(codec.bodyAt(bytes, 1)).as("of another schema").isNegative();
        assertThat(codec.bodyAt(others, EventCursor.FINGERPRINT)).as("another id").isNegative();
        assertThat(codec.bodyAt(new byte[] {0, 1}, EventCursor.FINGERPRINT)).isNegative();
        assertThat(new EventCursor().read(bytes, 5)).isTrue();
    }

    @Test
    void decode_producersOwnSchema_resolvesByFieldName() throws Exception {
        Schema producers =
                SchemaBuilder.record("Event")
                        .namespace("dev.segmenter.schemas")
                        .fields()
                        .requiredString("colour")
                        .requiredString("event_type")
                        .requiredLong("event_time")
                        .requiredString("user_id")
                        .requiredString("event_id")
                        .endRecord();
        GenericData.Record record = new GenericData.Record(producers);
        record.put("colour", "red");
        record.put("event_type", "view");
        record.put("event_time", 1_772_360_130_123L);
        record.put("user_id", "u-1");
        record.put("event_id", "e-1");
        registry.answerSchema(5, producers);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new RawMessageEncoder<>(GenericData.get(), producers).encode(record, body);
        assertThat(codec.decode(message(5, body.toByteArray())))
                .isEqualTo(
                        Event.newBuilder()
                                .setEventId("e-1")
                                .setUserId("u-1")
                                .setEventTime(Instant.parse("2026-03-01T10:15:30.123Z"))
                                .setEventType("view")
                                .setAttributes(Map.of())
                                .build());
    }

    @Test
    void decode_schemaOfAnotherRecord_isUndecodable() {
        registry.answerSchema(
                6, SchemaBuilder.record("Other").fields().requiredInt("x").endRecord());
        assertThatThrownBy(() -> codec.decode(message(6, new byte[] {2})))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("Found Other, expecting dev.segmenter.schemas.Event");
    }

    @Test
    void decode_cutAtAnyByteOrLonger_isUndecodable() {
        byte[] whole = codec.encode(Samples.event());
        for (int length = 0; length <= whole.length + 1; length++) {
            byte[] other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> codec.decode(other))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(UndecodableException.class);
            }
        }
    }

    @Test
    void decode_noHeader_isUndecodable() {
        assertThatThrownBy(() -> codec.decode(new byte[] {1, 0, 0, 0, 1, 7}))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no Confluent header");
        assertThatThrownBy(() -> codec.decode(null)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void decode_registryDown_isNotTheRecordsFaultAndHeals() {
        byte[] good = codec.encode(Samples.event());
        registry.answer("/schemas/ids/" + ID, 503, "");
        assertThatThrownBy(() -> codec.decode(good))
                .isInstanceOf(RegistryUnavailableException.class);
        registry.answerSchema(ID, Event.getClassSchema());
        assertThat(codec.decode(good)).isEqualTo(Samples.event());
    }

    @Test
    void encode_registryDownAtFirst_registersLater() {
        registry.answer(VERSIONS, 500, "");
        assertThatThrownBy(() -> codec.encode(Samples.event()))
                .isInstanceOf(RegistryUnavailableException.class);
        registry.answer(VERSIONS, 200, "{\"id\":" + ID + "}");
        assertThat(codec.decode(codec.encode(Samples.event()))).isEqualTo(Samples.event());
    }

    private static byte[] message(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
    }
}
