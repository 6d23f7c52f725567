// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every serializer of an immutable record owes Flink. */
class SerializersTest {
    /** More than writeUTF can take. */
    private static final String LONG = "ü".repeat(40_000);

    private static final Instant TIME = Instant.parse("2024-05-01T00:00:00Z");

    static Stream<Arguments> records() {
        return Stream.of(
                of(
                        new ClickEventSerializer(),
                        ClickEvent.erasure(LONG, 7),
                        new ClickEvent(LONG, false, 8, -1, 9, 127, -2, -3, 0.5),
                        new ClickEvent("ü", false, Long.MAX_VALUE, 0, Long.MIN_VALUE, 999, 0, 1, 0),
                        new ClickEvent("", false, 9 + (1L << 31), 1, 9, 128, 1, 0, -0.0),
                        new ClickEvent("u".repeat(64), false, 9, 1, 9, 0, 0, 0, Double.NaN),
                        new ClickEvent("u".repeat(65), false, 9, 1, 9, 0, 0, 0, 1),
                        new ClickEvent("u", false, 8, 1, 9, -1, 0, 0, 0)),
                of(
                        new UserUpdateSerializer(),
                        vector(LONG, 1, Double.NaN, -0.0),
                        new UserUpdate(UserUpdate.Kind.EXPIRY, "u", 1, 2, 3, true, new double[0]),
                        new UserUpdate(
                                UserUpdate.Kind.ERASURE, "u", -1, -2, -3, false, new double[0])),
                of(
                        new UserUpdateEdgeSerializer(),
                        vector(LONG, 1, Double.NaN, -0.0, 0, -1, 0.1, 127, 128, 1L << 55),
                        vector("u", Double.POSITIVE_INFINITY, 1e300, (1L << 55) - 4, 12345),
                        vector("", 65535, 65536, -65536, 1 << 31, 0.5, 1, 2, 3, 4.5, 5),
                        vector("u".repeat(600), new double[1000]),
                        new UserUpdate(UserUpdate.Kind.EXPIRY, "u", 1, 2, 3, true, new double[0]),
                        new UserUpdate(
                                UserUpdate.Kind.ERASURE, "u", -1, -2, -3, false, new double[0])),
                of(
                        new VoteSerializer(),
                        Vote.erasure(Long.MIN_VALUE, 5),
                        new Vote(false, -1, 2, -3, 4, -5, new double[] {1e-300, -7})),
                of(
                        new SourceRecordSerializer(),
                        place(null, new byte[] {1}).event(LONG, -1, 2, -1, -3, 4, -0.0),
                        place(new byte[0], null).refusal(ErrorClass.INVALID, LONG),
                        place(null, new byte[] {2})
                                .refusal(ErrorClass.INVALID, "m")
                                .about("u", Long.MIN_VALUE),
                        place(new byte[] {3}, null).erasure("u")),
                of(
                        new SegmentOutputSerializer(),
                        new SegmentOutput(LONG, null, null),
                        new SegmentOutput("u", change(), null),
                        new SegmentOutput("u", null, membership())),
                of(
                        new SpecificRecordSerializer<>(DeadLetter.class),
                        DeadLetter.newBuilder()
                                .setErrorClass(ErrorClass.UNDECODABLE)
                                .setMessage(LONG)
                                .setValue(ByteBuffer.wrap(new byte[] {1, 2}))
                                .build(),
                        DeadLetter.newBuilder()
                                .setErrorClass(ErrorClass.LATE)
                                .setMessage("")
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("records")
    <T> void record_writtenAndRead_isTheSame(TypeSerializer<T> serializer, List<T> records)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        for (T record : records) {
            serializer.serialize(record, out);
        }

        // One after the other from one buffer: a byte too many or too few spoils the next.
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (T record : records) {
            assertThat(serializer.deserialize(in))
                    .usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class)
                    .isEqualTo(record);
        }
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("records")
    <T> void record_copiedAsBytes_isTheSame(TypeSerializer<T> serializer, List<T> records)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        for (T record : records) {
            serializer.serialize(record, out);
        }

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        DataOutputSerializer copy = new DataOutputSerializer(16);
        for (int i = 0; i < records.size(); i++) {
            serializer.copy(in, copy);
        }
        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @ParameterizedTest
    @MethodSource("records")
    <T> void snapshot_ofTheSameSerializer_isCompatibleAsIs(
            TypeSerializer<T> serializer, List<T> records) throws IOException {
        TypeSerializerSnapshot<T> restored = StoredSnapshots.writeAndRead(serializer);

        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    }

    @ParameterizedTest
    @MethodSource("records")
    <T> void serializer_shippedToATask_isEqual(TypeSerializer<T> serializer, List<T> records)
            throws Exception {
        assertThat(InstantiationUtil.clone(serializer))
                .isEqualTo(serializer)
                .hasSameHashCodeAs(serializer);
        assertThat(serializer.duplicate()).isEqualTo(serializer);
    }

    @Test
    void snapshot_ofAnotherRecordType_isIncompatible() throws IOException {
        TypeSerializerSnapshot<SegmentChange> changes =
                StoredSnapshots.writeAndRead(new SpecificRecordSerializer<>(SegmentChange.class));
        @SuppressWarnings({"unchecked", "rawtypes"})
        TypeSerializerSnapshot<DeadLetter> pretended = (TypeSerializerSnapshot) changes;

        assertThat(
                        new SpecificRecordSerializer<>(DeadLetter.class)
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(pretended)
                                .isIncompatible())
                .isTrue();
    }

    /** As release 0.1 wrote them: an unaligned checkpoint keeps them on their way. */
    @Test
    void eventsOfTheFormerFormat_areRead() throws IOException {
        ClickEvent event = new ClickEvent("ü", false, 8, -1, 9, -1, -2, 3, 0.5);
        DataOutputSerializer out = new DataOutputSerializer(16);
        writeFormer(event, out);
        writeFormer(ClickEvent.erasure(LONG, 7), out);
        ClickEventSerializer serializer = new ClickEventSerializer();
        serializer.serialize(event, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).isEqualTo(event);
        assertThat(serializer.deserialize(in)).isEqualTo(ClickEvent.erasure(LONG, 7));
        assertThat(serializer.deserialize(in)).isEqualTo(event);
        assertThat(in.available()).isZero();
    }

    private static void writeFormer(ClickEvent event, DataOutputSerializer out) throws IOException {
        byte[] user = event.userId().getBytes(StandardCharsets.UTF_8);
        out.writeInt(user.length);
        out.write(user);
        out.writeBoolean(event.erasure());
        out.writeLong(event.lifeClock());
        if (!event.erasure()) {
            out.writeLong(event.eventIdHash());
            out.writeLong(event.time());
            out.writeByte(event.eventType());
            out.writeInt(event.item());
            out.writeInt(event.category());
            out.writeDouble(event.price());
        }
    }

    /** Bytes that release 0.1 wrote, "ü" at the head of both: an unaligned checkpoint keeps them on their way. */
    @Test
    void updatesOfTheFormerFormat_areRead() throws IOException {
        byte[] former =
                HexFormat.of()
                        .parseHex(
                                "8002c3bc0000000000000001fffffffffffffffe7fffffffffffffff06017f80018180"
                                        + "80808020008000000000000000003fe00000000000000202c3bc000000000000000700"
                                        + "00000000000008000000000000000900");
        UserUpdate vector =
                new UserUpdate(
                        UserUpdate.Kind.VECTOR,
                        "ü",
                        1,
                        -2,
                        Long.MAX_VALUE,
                        true,
                        new double[] {0, 126, 127, 1L << 40, -0.0, 0.5});
        UserUpdate erasure =
                new UserUpdate(UserUpdate.Kind.ERASURE, "ü", 7, 8, 9, false, new double[0]);
        DataOutputSerializer out = new DataOutputSerializer(16);
        out.write(former);
        UserUpdateEdgeSerializer serializer = new UserUpdateEdgeSerializer();
        serializer.serialize(vector, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(vector);
        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(erasure);
        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(vector);
        assertThat(in.available()).isZero();
    }

    @Test
    void unknownFormat_isRefusedWithARemedy() {
        assertThatThrownBy(
                        () ->
                                new ClickEventSerializer()
                                        .deserialize(new DataInputDeserializer(new byte[] {0x41})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restore a savepoint");
        assertThatThrownBy(
                        () ->
                                new UserUpdateEdgeSerializer()
                                        .deserialize(new DataInputDeserializer(new byte[] {0x41})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restore a savepoint");
        assertThatThrownBy(
                        () ->
                                new SourceRecordSerializer()
                                        .deserialize(new DataInputDeserializer(new byte[] {0, 1})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restore a savepoint");
    }

    @Test
    void copyOfASourceRecord_staysAsItIsWhenTheRecordIsRefilled() {
        SourceRecord record = place(null, new byte[] {1}).event("u", 1, 2, 3, 4, 5, 6);
        SourceRecord copy = new SourceRecordSerializer().copy(record);
        record.at("other", 9, 9, null, null).refusal(ErrorClass.INVALID, "m");

        assertThat(copy)
                .usingRecursiveComparison()
                .isEqualTo(place(null, new byte[] {1}).event("u", 1, 2, 3, 4, 5, 6));
    }

    @Test
    void copyOfAnUpdateOnTheEdge_keepsItsValuesWhenThoseLentChange() {
        double[] lent = {1, 2};
        UserUpdate copy = new UserUpdateEdgeSerializer().copy(vector("u", lent));
        lent[0] = 9;

        assertThat(copy).usingRecursiveComparison().isEqualTo(vector("u", 1, 2));
    }

    @SafeVarargs
    private static <T> Arguments of(TypeSerializer<T> serializer, T... records) {
        return arguments(
                named(serializer.getClass().getSimpleName(), serializer), List.of(records));
    }

    private static SourceRecord place(byte[] key, byte[] value) {
        return new SourceRecord().at("t", 1, 2, key, value);
    }

    private static UserUpdate vector(String user, double... values) {
        return new UserUpdate(UserUpdate.Kind.VECTOR, user, 1, 2, 3, false, values);
    }

    private static SegmentChange change() {
        return SegmentChange.newBuilder()
                .setChangeId("id")
                .setUserId("u")
                .setIncarnation(TIME)
                .setSequence(1)
                .setEventTime(TIME)
                .setSegmentId(2)
                .setSegmentLabel("two")
                .setCause(Cause.FIRST)
                .setModelVersion(3L)
                .setModelId("m")
                .build();
    }

    private static SegmentMembership membership() {
        return SegmentMembership.newBuilder()
                .setUserId("u")
                .setIncarnation(TIME)
                .setSequence(1)
                .setSegmentId(2)
                .setSegmentLabel("two")
                .setSince(TIME)
                .setModelVersion(3)
                .setDistanceSquared(0.5)
                .setCoverage(1)
                .setFlagged(false)
                .setUpdatedAt(TIME)
                .build();
    }
}
