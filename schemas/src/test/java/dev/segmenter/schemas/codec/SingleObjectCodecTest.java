// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectCodecTest {

    private static final int HEADER = 10;

    private final SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);

    static List<SpecificRecordBase> contracts() {
        return Samples.all();
    }

    static List<Event> hostileEvents() {
        return Samples.hostileEvents();
    }

    @SuppressWarnings("unchecked")
    private static SingleObjectCodec<SpecificRecordBase> codecOf(SpecificRecordBase record) {
        return SingleObjectCodec.of((Class<SpecificRecordBase>) record.getClass());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void encode_anyContract_equalsAvrosOwnEncoder(SpecificRecordBase record) throws IOException {
        assertThat(codecOf(record).encode(record)).isEqualTo(avroEncoded(record));
    }

    @ParameterizedTest
    @MethodSource("hostileEvents")
    void encode_hostileValues_equalsAvrosOwnEncoder(Event event) throws IOException {
        assertThat(codec.encode(event)).isEqualTo(avroEncoded(event));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void encode_anyContract_isReadByAvrosOwnDecoder(SpecificRecordBase record) throws IOException {
        BinaryMessageDecoder<SpecificRecordBase> avro =
                new BinaryMessageDecoder<>(record.getSpecificData(), record.getSchema());
        assertThat(avro.decode(codecOf(record).encode(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void decode_ofAvrosOwnEncoder_restoresTheRecord(SpecificRecordBase record) throws IOException {
        assertThat(codecOf(record).decode(avroEncoded(record))).isEqualTo(record);
    }

    private static byte[] avroEncoded(SpecificRecordBase record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryMessageEncoder<SpecificRecordBase>(record.getSpecificData(), record.getSchema())
                .encode(record, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("hostileEvents")
    void decode_hostileValues_restoresThem(Event event) {
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void decode_recordsOneAfterAnother_sharesNothing() {
        byte[] first = codec.encode(Samples.event());
        Event other = Samples.hostileEvents().get(2);
        byte[] second = codec.encode(other);
        Event decoded = codec.decode(first);
        assertThat(codec.decode(second)).isEqualTo(other);
        assertThat(decoded).isEqualTo(Samples.event());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void decode_cutAtAnyByte_isUndecodable(SpecificRecordBase record) {
        SingleObjectCodec<SpecificRecordBase> codec = codecOf(record);
        byte[] whole = codec.encode(record);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void decode_leftOverByte_isUndecodable(SpecificRecordBase record) {
        byte[] whole = codecOf(record).encode(record);
        assertThatThrownBy(() -> codecOf(record).decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("1 bytes are left over");
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void decode_randomBodies_areRecordsOrUndecodable(SpecificRecordBase record) {
        SingleObjectCodec<SpecificRecordBase> codec = codecOf(record);
        byte[] whole = codec.encode(record);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, HEADER + random.nextInt(64));
            byte[] body = new byte[bytes.length - HEADER];
            random.nextBytes(body);
            System.arraycopy(body, 0, bytes, HEADER, body.length);
            refused += refusals(codec, bytes);
        }
        assertThat(refused).isGreaterThan(19_000);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void decode_anyByteChanged_isARecordOrUndecodable(SpecificRecordBase record) {
        SingleObjectCodec<SpecificRecordBase> codec = codecOf(record);
        byte[] whole = codec.encode(record);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                refused += refusals(codec, changed);
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(HEADER * 255);
    }

    /** 1 if the bytes are refused; any exception of another kind fails the test. */
    private static int refusals(RecordDecoder<?> decoder, byte[] bytes) {
        try {
            assertThat(decoder.decode(bytes)).isNotNull();
            return 0;
        } catch (UndecodableException e) {
            return 1;
        }
    }

    @Test
    void decode_lengthOfTwoGibibytes_isRefusedWithoutAllocatingThem() {
        byte[] bytes = Arrays.copyOf(codec.encode(Samples.event()), HEADER + 8);
        // Zigzag varint of 2^31 - 16, the longest string that Avro itself would try to allocate.
        byte[] length = {(byte) 0xE0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(length, 0, bytes, HEADER, length.length);
        assertThat(allocatedBy(() -> refusals(codec, bytes))).isLessThan(1 << 20);
        assertThatThrownBy(() -> codec.decode(bytes)).hasMessageContaining("length 2147483632");
    }

    @Test
    void decode_arrayOfTwoBillionItems_isRefusedWithoutAllocatingThem() {
        SingleObjectCodec<SegmentChange> changes = SingleObjectCodec.of(SegmentChange.class);
        SegmentChange change = Samples.change();
        change.setContributions(List.of());
        change.setActions(List.of());
        byte[] encoded = changes.encode(change);
        byte[] bytes = Arrays.copyOf(encoded, encoded.length + 8);
        byte[] count = {(byte) 0xE0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(count, 0, bytes, encoded.length - 2, count.length);
        assertThat(allocatedBy(() -> refusals(changes, bytes))).isLessThan(1 << 20);
        assertThatThrownBy(() -> changes.decode(bytes)).hasMessageContaining("2147483632 items");
    }

    private static long allocatedBy(Runnable action) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void decode_unknownFingerprint_namesIt() {
        byte[] bytes = codec.encode(Samples.event());
        System.arraycopy(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, 0, bytes, 2, 8);
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("0102030405060708")
                .hasMessageContaining("dev.segmenter.schemas.Event");
        assertThat(codec.decode(codec.encode(Samples.event()))).isEqualTo(Samples.event());
    }

    @Test
    void decode_noHeader_showsTheBytes() {
        assertThatThrownBy(
                        () ->
                                codec.decode(
                                        "{\"user_id\":1}"
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("C3 01")
                .hasMessageContaining("13 bytes: 7B 22 75");
    }

    @Test
    void decode_null_isUndecodable() {
        assertThatThrownBy(() -> codec.decode(null)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void encode_afterAFailedRecord_startsAfresh() {
        assertThatThrownBy(() -> codec.encode(new Event()))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("event_id");
        Event halfWritten = Samples.event();
        halfWritten.setEventType(null);
        assertThatThrownBy(() -> codec.encode(halfWritten))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("event_type");
        assertThat(codec.decode(codec.encode(Samples.event()))).isEqualTo(Samples.event());
    }
}
