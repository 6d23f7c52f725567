// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Event;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cursor against the general codec. */
class EventCursorTest {
    private static final int HEADER = 10;

    private final SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);
    private final EventCursor cursor = new EventCursor();

    /** But for times that take ten bytes, which are the general codec's. */
    static Stream<Event> events() {
        return Stream.concat(Stream.of(Samples.event()), Samples.hostileEvents().stream())
                .filter(event -> Math.abs(event.getEventTime().getEpochSecond()) < 1L << 50);
    }

    @Test
    void read_numberOfTenBytes_isRefused() {
        Event event = Samples.event();
        event.setEventTime(Instant.ofEpochMilli(Long.MIN_VALUE));

        assertThat(cursor.read(codec.encode(event), HEADER)).isFalse();
    }

    /** Where this fails the schema has a new version: teach the cursor to read it, history in mind. */
    @Test
    void cursor_readsTheVersionThatProducersWrite() {
        assertThat(EventCursor.FINGERPRINT)
                .isEqualTo(SchemaNormalization.parsingFingerprint64(Event.getClassSchema()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void read_whatTheCodecWrote_isTheSame(Event event) {
        byte[] bytes = codec.encode(event);

        assertThat(cursor.read(bytes, codec.bodyAt(bytes, EventCursor.FINGERPRINT))).isTrue();
        assertThat(atHand()).isEqualTo(essence(event));
    }

    @Test
    void read_oneAfterTheOther_leavesNothing() {
        for (Event event : List.of(Samples.event(), Samples.hostileEvents().get(9))) {
            assertThat(cursor.read(codec.encode(event), HEADER)).isTrue();
            assertThat(atHand()).isEqualTo(essence(event));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void read_cutAnywhereOrLonger_isRefused(Event event) {
        byte[] whole = codec.encode(event);
        for (int length = HEADER; length < whole.length; length += 1 + length / 500) {
            assertThat(cursor.read(Arrays.copyOf(whole, length), HEADER))
                    .as("%d", length)
                    .isFalse();
        }
        assertThat(cursor.read(Arrays.copyOf(whole, whole.length + 1), HEADER)).isFalse();
    }

    @Test
    void read_anyByteChanged_takesOnlyWhatTheCodecTakes() {
        Event event = Samples.event();
        event.setAttributes(Map.of("device", "phone", "a", ""));
        byte[] whole = codec.encode(event);
        for (int at = HEADER; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                requireAgreement(changed);
            }
        }
    }

    @Test
    void read_randomBytes_takesOnlyWhatTheCodecTakes() {
        byte[] whole = codec.encode(Samples.event());
        Random random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, HEADER + random.nextInt(48));
            for (int at = HEADER; at < bytes.length; at++) {
                bytes[at] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
            }
            requireAgreement(bytes);
        }
    }

    private void requireAgreement(byte[] bytes) {
        if (cursor.read(bytes, HEADER)) {
            assertThat(atHand()).isEqualTo(essence(codec.decode(bytes)));
        }
    }

    @Test
    void read_makesNoGarbage() {
        byte[] bytes = codec.encode(Samples.event());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        cursor.read(bytes, HEADER);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            cursor.read(bytes, HEADER);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void bodyAt_ofAnotherSchemaOrNoHeader_isNegative() {
        byte[] bytes = codec.encode(Samples.event());

        assertThat(codec.bodyAt(bytes, EventCursor.FINGERPRINT)).isEqualTo(HEADER);
        assertThat(codec.bodyAt(bytes, 1)).isNegative();
        assertThat(codec.bodyAt(Arrays.copyOf(bytes, HEADER - 1), EventCursor.FINGERPRINT))
                .isNegative();
        assertThat(codec.bodyAt(new byte[HEADER], EventCursor.FINGERPRINT)).isNegative();
        assertThat(new JsonEventDecoder().bodyAt(bytes, EventCursor.FINGERPRINT)).isNegative();
    }

    @Test
    void slice_copiesAsciiOnly() {
        char[] buffer = new char[5];
        Event event = Samples.event();
        event.setItemId("lamp");
        event.setCategory("ä");
        event.setEventId("longer than the buffer");
        cursor.read(codec.encode(event), HEADER);

        assertThat(cursor.itemId().copyAscii(buffer)).isTrue();
        assertThat(new String(buffer, 0, cursor.itemId().length())).isEqualTo("lamp");
        assertThat(cursor.category().copyAscii(buffer)).isFalse();
        assertThat(cursor.eventId().copyAscii(buffer)).isFalse();
    }

    private List<Object> atHand() {
        return List.of(
                cursor.eventId().toString(),
                cursor.userId().toString(),
                Instant.ofEpochMilli(cursor.eventTime()),
                cursor.eventType().toString(),
                cursor.itemId().isPresent(),
                cursor.itemId().toString(),
                cursor.category().isPresent(),
                cursor.category().toString(),
                cursor.hasPrice(),
                cursor.price());
    }

    private static List<Object> essence(Event event) {
        return List.of(
                event.getEventId(),
                event.getUserId(),
                event.getEventTime(),
                event.getEventType(),
                event.getItemId() != null,
                event.getItemId() == null ? "" : event.getItemId(),
                event.getCategory() != null,
                event.getCategory() == null ? "" : event.getCategory(),
                event.getPrice() != null,
                event.getPrice() == null ? 0.0 : event.getPrice());
    }
}
