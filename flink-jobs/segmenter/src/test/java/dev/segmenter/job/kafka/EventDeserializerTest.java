// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import dev.segmenter.schemas.codec.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDeserializerTest {
    private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

    private final EventDeserializer live =
            deserializer(
                    WireFormat.AVRO, EventRules.live(NOW::toEpochMilli, Duration.ofMinutes(5)));

    @Test
    void validEvent_passesWithItsPlace() {
        SourceRecord record = read(live, "u1", encode(event -> {}));

        assertThat(record.isEvent()).isTrue();
        assertThat(record.userId()).isEqualTo("u1");
        assertThat(record.eventTime()).isEqualTo(NOW.toEpochMilli());
        assertThat(record.topic()).isEqualTo("clickstream");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.offset()).isEqualTo(17);
    }

    @Test
    void undecodableBytes_areRefusedWithTheOriginal() {
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        SourceRecord record = read(live, "u1", garbage);

        assertThat(record.error()).isEqualTo(ErrorClass.UNDECODABLE);
        assertThat(record.value()).isEqualTo(garbage);
        assertThat(record.message()).isNotBlank();
        assertThat(record.isEvent()).isFalse();
        assertThat(record.isErasure()).isFalse();
    }

    @Test
    void unknownSchemaId_isUndecodable() {
        byte[] bytes = encode(event -> {});
        bytes[5] ^= 0x55;

        assertThat(read(live, "u1", bytes).error()).isEqualTo(ErrorClass.UNDECODABLE);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -0.01,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1.001e12,
                1e300,
                Double.MAX_VALUE
            })
    void badPrice_isInvalid(double price) {
        assertInvalid(event -> event.setPrice(price), "price");
    }

    @Test
    void idsMissingBlankOrTooLong_areInvalid() {
        assertInvalid(event -> event.setUserId(""), "user_id");
        assertInvalid(event -> event.setUserId("  "), "user_id");
        assertInvalid(event -> event.setUserId("u".repeat(257)), "user_id");
        assertInvalid(event -> event.setEventId(""), "event_id");
        assertInvalid(event -> event.setEventId("e".repeat(257)), "event_id");
        assertInvalid(event -> event.setEventType(""), "event_type");
        assertThat(read(live, "u", encode(event -> event.setUserId("u".repeat(256)))).isEvent())
                .isTrue();
    }

    @Test
    void timesBefore2000OrAheadOfTheClock_areInvalid() {
        assertInvalid(
                event -> event.setEventTime(Instant.parse("1999-12-31T23:59:59.999Z")),
                "event_time");
        assertInvalid(event -> event.setEventTime(NOW.plusSeconds(301)), "event_time");
        assertThat(
                        read(live, "u1", encode(event -> event.setEventTime(NOW.plusSeconds(300))))
                                .isEvent())
                .isTrue();
    }

    @Test
    void future_isNotCheckedInAReplay() {
        EventDeserializer replay = deserializer(WireFormat.AVRO, EventRules.replay());
        byte[] bytes = encode(event -> event.setEventTime(NOW.plus(Duration.ofDays(9999))));

        assertThat(read(replay, "u1", bytes).isEvent()).isTrue();
    }

    @Test
    void clockThatRunsOn_isHeededAtOnce_oneSetBackBeforeLong() {
        AtomicLong clock = new AtomicLong(NOW.toEpochMilli());
        EventDeserializer deserializer =
                deserializer(WireFormat.AVRO, EventRules.live(clock::get, Duration.ofMinutes(5)));
        byte[] ahead = encode(event -> event.setEventTime(NOW.plusSeconds(3600)));

        assertThat(read(deserializer, "u1", ahead).error()).isEqualTo(ErrorClass.INVALID);
        clock.addAndGet(Duration.ofHours(1).toMillis());
        assertThat(read(deserializer, "u1", ahead).isEvent()).isTrue();
        clock.set(NOW.toEpochMilli());
        int taken = 0;
        while (taken < 1_000 && read(deserializer, "u1", ahead).isEvent()) {
            taken++;
        }
        assertThat(taken).isLessThan(1_000);
    }

    @Test
    void nullValue_erasesTheUserOfTheKey() {
        SourceRecord record = read(live, "u9", null);

        assertThat(record.isErasure()).isTrue();
        assertThat(record.userId()).isEqualTo("u9");
    }

    @Test
    void nullValueWithoutKey_isInvalid() {
        SourceRecord record = read(live, null, null);

        assertThat(record.error()).isEqualTo(ErrorClass.INVALID);
        assertThat(record.message()).contains("key");
    }

    @Test
    void eraseEvent_needsOnlyItsUser() {
        SourceRecord record =
                read(
                        live,
                        null,
                        encode(
                                event -> {
                                    event.setEventType("$erase");
                                    event.setEventId("");
                                    event.setEventTime(Instant.EPOCH);
                                }));

        assertThat(record.isErasure()).isTrue();
        assertThat(record.userId()).isEqualTo("u1");
    }

    @Test
    void jsonErasure_needsNeitherTimeNorId() {
        EventDeserializer json = deserializer(WireFormat.JSON, EventRules.replay());
        String erasure = "{\"event_type\":\"$erase\",\"user_id\":\"%s\"}";

        SourceRecord accepted =
                read(json, "u1", erasure.formatted("u1").getBytes(StandardCharsets.UTF_8));
        SourceRecord refused =
                read(json, "u1", erasure.formatted(" ").getBytes(StandardCharsets.UTF_8));

        assertThat(accepted.isErasure()).isTrue();
        assertThat(accepted.userId()).isEqualTo("u1");
        assertThat(refused.error()).isEqualTo(ErrorClass.INVALID);
        assertThat(refused.message()).contains("user_id");
    }

    @Test
    void jsonLines_areRead() {
        EventDeserializer json =
                deserializer(
                        WireFormat.JSON, EventRules.live(NOW::toEpochMilli, Duration.ofMinutes(5)));
        String line =
                "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"view\",\"event_time\":"
                        + NOW.toEpochMilli()
                        + "}";

        assertThat(read(json, null, line.getBytes(StandardCharsets.UTF_8)).isEvent()).isTrue();
        assertThat(read(json, null, "{\"event_id\":1".getBytes(StandardCharsets.UTF_8)).error())
                .isEqualTo(ErrorClass.UNDECODABLE);
    }

    private void assertInvalid(Consumer<Event> change, String field) {
        SourceRecord record = read(live, "u1", encode(change));

        assertThat(record.error()).isEqualTo(ErrorClass.INVALID);
        assertThat(record.message()).startsWith(field);
    }

    private static byte[] encode(Consumer<Event> change) {
        Event event = new Event("e1", "u1", NOW, "view", "item", "category", 1.0, null, Map.of());
        change.accept(event);
        return SingleObjectCodec.of(Event.class).encode(event);
    }

    private static EventDeserializer deserializer(WireFormat format, EventRules rules) {
        EventDeserializer deserializer =
                new EventDeserializer(format, null, rules, DefaultFeatures.shop());
        deserializer.open(null);
        return deserializer;
    }

    private static SourceRecord read(EventDeserializer deserializer, String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        List<SourceRecord> out = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>("clickstream", 3, 17, keyBytes, value),
                new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return out.get(0).copy();
    }
}
