// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.EventCursor;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import dev.segmenter.schemas.codec.UndecodableException;
import dev.segmenter.schemas.codec.WireFormat;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Events read in place, against the general codec, the rules in words and Avro's own objects: any
 * bytes get the same verdict, the same words and the same values.
 */
class EventsInPlacePropertyTest {
    private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
    private static final EventRules LIVE =
            EventRules.live(NOW::toEpochMilli, Duration.ofMinutes(5));
    private static final int HEADER = 10;

    /** What becomes of a record. */
    private record Verdict(
            ErrorClass error,
            String message,
            boolean erasure,
            String userId,
            Long eventTime,
            long eventIdHash,
            int eventType,
            int item,
            int category,
            double price) {

        static Verdict refused(ErrorClass error, String message, String userId, Long eventTime) {
            return new Verdict(error, message, false, userId, eventTime, 0, 0, 0, 0, 0);
        }
    }

    private final Reader shop = new Reader(DefaultFeatures.shop(), true);
    private final Reader browsing = new Reader(DefaultFeatures.browsing(), false);
    private final SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);

    @Property(tries = 2_000)
    void anyEvent_hasTheVerdictOfTheGeneralCodec(
            @ForAll("events") Event event, @ForAll boolean clicks) {
        check(codec.encode(event), clicks ? browsing : shop);
    }

    @Property(tries = 3_000)
    void mutatedBytes_haveTheVerdictOfTheGeneralCodec(
            @ForAll("events") Event event, @ForAll long seed) {
        byte[] bytes = codec.encode(event);
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            check(mutated(bytes, random), shop);
        }
    }

    @Property(tries = 200)
    void truncatedBytes_haveTheVerdictOfTheGeneralCodec(@ForAll("events") Event event) {
        byte[] bytes = codec.encode(event);
        for (int length = 0; length < Math.min(bytes.length, 400); length++) {
            check(Arrays.copyOf(bytes, length), shop);
        }
        check(Arrays.copyOf(bytes, bytes.length + 1), shop);
    }

    @Property(tries = 5_000)
    void randomBodies_haveTheVerdictOfTheGeneralCodec(@ForAll("bodies") byte[] body) {
        byte[] bytes = Arrays.copyOf(codec.encode(plain()), HEADER + body.length);
        System.arraycopy(body, 0, bytes, HEADER, body.length);
        check(bytes, shop);
    }

    @Example
    void validAsciiEvents_areTakenInPlace() {
        EventReducer reducer = new EventReducer(LIVE, DefaultFeatures.shop());
        EventCursor cursor = new EventCursor();
        for (String type : List.of("view", "purchase", "scroll")) {
            Event event = plain();
            event.setEventType(type);
            byte[] bytes = codec.encode(event);
            int body = codec.bodyAt(bytes, EventCursor.FINGERPRINT);

            assertThat(body).isEqualTo(HEADER);
            assertThat(cursor.read(bytes, body)).isTrue();
            assertThat(reducer.reduce(cursor, new SourceRecord())).isTrue();
        }
    }

    /** Legal in Avro and never written by its Java library: numbers longer than need be. */
    @Example
    void overlongNumbers_haveTheVerdictOfTheGeneralCodec() {
        byte[] bytes = codec.encode(plain());
        for (int at = HEADER; at < bytes.length; at++) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream();
            longer.write(bytes, 0, at);
            longer.write(bytes[at] | 0x80);
            for (int more = 0; more < 10; more++) {
                byte[] start = longer.toByteArray();
                byte[] changed = Arrays.copyOf(start, start.length + bytes.length - at);
                System.arraycopy(bytes, at + 1, changed, start.length + 1, bytes.length - at - 1);
                check(changed, shop);
                longer.write(0x80);
            }
        }
    }

    /** Blocks of attributes with their size in bytes, several blocks, and sizes that are wrong. */
    @Example
    void attributesInBlocks_haveTheVerdictOfTheGeneralCodec() {
        byte[] none = codec.encode(plain());
        byte[] entry = {2, 'k', 2, 'v'};
        List<int[]> ends =
                List.of(
                        new int[] {2, -1, 2, -1, 0},
                        new int[] {1, 8, -1, 0},
                        new int[] {1, 2, -1, 0},
                        new int[] {1, 127, -1, 0},
                        new int[] {4, -1, 0},
                        new int[] {2, -1},
                        new int[] {126, -1, 0});
        for (int[] end : ends) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(none, 0, none.length - 1);
            for (int part : end) {
                bytes.writeBytes(part < 0 ? entry : new byte[] {(byte) part});
            }
            check(bytes.toByteArray(), shop);
        }
    }

    private void check(byte[] bytes, Reader reader) {
        SourceRecord record = reader.read(bytes);

        assertThat(verdict(record)).isEqualTo(expected(bytes, reader));
        assertThat(record.value()).isSameAs(bytes);
        assertThat(record.offset()).isEqualTo(17);
    }

    /** One deserializer for all records, as in a source: none may leave anything to the next. */
    private static final class Reader {
        final FeatureSet features;
        final boolean readsItems;
        private final EventDeserializer deserializer;

        Reader(FeatureSet features, boolean readsItems) {
            this.features = features;
            this.readsItems = readsItems;
            deserializer = new EventDeserializer(WireFormat.AVRO, null, LIVE, features);
            deserializer.open(null);
        }

        SourceRecord read(byte[] bytes) {
            List<SourceRecord> out = new ArrayList<>();
            deserializer.deserialize(
                    new ConsumerRecord<>("clickstream", 3, 17, null, bytes),
                    new ListCollector<>(out));
            assertThat(out).hasSize(1);
            return out.get(0);
        }
    }

    private static Verdict verdict(SourceRecord record) {
        return record.isEvent()
                ? new Verdict(
                        null,
                        null,
                        false,
                        record.userId(),
                        record.eventTime(),
                        record.eventIdHash(),
                        record.eventType(),
                        record.item(),
                        record.category(),
                        record.price())
                : new Verdict(
                        record.error(),
                        words(record.message()),
                        record.isErasure(),
                        record.userId(),
                        record.hasEventTime() ? record.eventTime() : null,
                        0,
                        0,
                        0,
                        0,
                        0);
    }

    /** Java leaves the index out of an exception that it has thrown often enough. */
    private static String words(String message) {
        return message == null
                ? null
                : message.replaceAll("(ArrayIndexOutOfBoundsException): [^)]*", "$1");
    }

    private Verdict expected(byte[] bytes, Reader reader) {
        Event event;
        try {
            event = codec.decode(bytes);
        } catch (UndecodableException e) {
            return Verdict.refused(ErrorClass.UNDECODABLE, words(e.getMessage()), null, null);
        }
        boolean erasure = event.getEventType().equals("$erase");
        String violation = LIVE.violation(event);
        if (violation != null) {
            return erasure
                    ? Verdict.refused(ErrorClass.INVALID, violation, null, null)
                    : Verdict.refused(
                            ErrorClass.INVALID,
                            violation,
                            event.getUserId(),
                            event.getEventTime().toEpochMilli());
        }
        if (erasure) {
            return new Verdict(null, null, true, event.getUserId(), null, 0, 0, 0, 0, 0);
        }
        return new Verdict(
                null,
                null,
                false,
                event.getUserId(),
                event.getEventTime().toEpochMilli(),
                Hashes.of(event.getEventId()),
                reader.features.eventTypes().indexOf(event.getEventType()),
                reader.readsItems ? hash(event.getItemId()) : 0,
                reader.readsItems ? 0 : hash(event.getCategory()),
                event.getPrice() == null ? 0 : event.getPrice());
    }

    private static int hash(String text) {
        return text == null || text.isEmpty() ? 0 : Hashes.toInt(Hashes.of(text));
    }

    private static Event plain() {
        return new Event("e-1", "u-1", NOW, "view", "lamp", "home", 2.5, "s-1", Map.of());
    }

    /** One change: a byte flipped, dropped, doubled or put in, or two halves of different lengths. */
    private static byte[] mutated(byte[] bytes, Random random) {
        int at = HEADER + random.nextInt(Math.min(bytes.length - HEADER, 200));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(bytes[at] ^ (1 << random.nextInt(8)));
            case 2 -> out.writeBytes(new byte[] {bytes[at], bytes[at]});
            case 3 -> out.writeBytes(new byte[] {(byte) random.nextInt(256), bytes[at]});
            default -> at = Math.min(bytes.length - 1, at + random.nextInt(4));
        }
        out.write(bytes, at + 1, bytes.length - at - 1);
        return out.toByteArray();
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
    }

    @Provide
    Arbitrary<Event> events() {
        return Combinators.combine(
                        texts(),
                        texts(),
                        times(),
                        types(),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        prices().injectNull(0.3),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(3))
                .as(
                        (id, user, time, type, item, category, price, attributes) ->
                                new Event(
                                        id,
                                        user,
                                        time,
                                        type,
                                        item,
                                        category,
                                        price,
                                        attributes.get(""),
                                        attributes));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings().alpha().ofMinLength(254).ofMaxLength(258),
                Arbitraries.strings().all().ofMaxLength(12),
                Arbitraries.strings().withChars(" \t\u001c\u2003\u00a0\u0085").ofMaxLength(3),
                Arbitraries.of(
                        "", " ", "\u001f", "\u2003", "\ud83d\ude00", "\ud83d", "ü".repeat(256)));
    }

    private static Arbitrary<String> types() {
        return Arbitraries.oneOf(
                Arbitraries.of("view", "cart", "purchase", "cancel", "$erase", "$erased", "scroll"),
                texts());
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.longs()
                                .between(-1_000, 302_000)
                                .map(ahead -> NOW.plusMillis(ahead))),
                Tuple.of(1, Arbitraries.longs().map(Instant::ofEpochMilli)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                EventRules.EARLIEST,
                                EventRules.EARLIEST.minusMillis(1),
                                NOW.plusSeconds(300),
                                NOW.plusMillis(300_001))));
    }

    private static Arbitrary<Double> prices() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 1e12),
                Arbitraries.of(-0.0, 0.0, -1e-300, 1e12, 1.0000000001e12, 1e300),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }
}
