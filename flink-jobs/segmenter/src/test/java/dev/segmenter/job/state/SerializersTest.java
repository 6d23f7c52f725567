// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final Event EVENT =
            new Event("e", "u", TIME, "view", null, "c", null, null, Map.of("k", "v"));

    static Stream<Arguments> records() {
        return Stream.of(
                of(
                        new ClickEventSerializer(),
                        ClickEvent.erasure(LONG, 7),
                        new ClickEvent(LONG, false, 8, -1, 9, 127, -2, -3, 0.5),
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
                        new UserUpdate(UserUpdate.Kind.EXPIRY, "u", 1, 2, 3, true, new double[0]),
                        new UserUpdate(
                                UserUpdate.Kind.ERASURE, "u", -1, -2, -3, false, new double[0])),
                of(
                        new VoteSerializer(),
                        Vote.erasure(Long.MIN_VALUE, 5),
                        new Vote(false, -1, 2, -3, 4, -5, new double[] {1e-300, -7})),
                of(
                        new SourceRecordSerializer(),
                        new SourceRecord("t", 1, 2, null, new byte[] {1}, LONG, EVENT, null, null),
                        new SourceRecord(
                                "t", 1, 2, new byte[0], null, null, null, ErrorClass.INVALID, LONG),
                        new SourceRecord("t", 1, 2, new byte[] {3}, null, "u", null, null, null)),
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

    @SafeVarargs
    private static <T> Arguments of(TypeSerializer<T> serializer, T... records) {
        return arguments(
                named(serializer.getClass().getSimpleName(), serializer), List.of(records));
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
