// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The two kinds of users' state: mutable, so that copies must be apart. */
class TimedSerializersTest {
    private static final long START = 1_700_000_000_000L;
    private static final FeatureSet SHOP = DefaultFeatures.shop();

    @Test
    void userState_writtenAndRead_rollsOnTheSame() throws IOException {
        UserStateSerializer serializer = new UserStateSerializer(SHOP);
        Timed<UserState> user = rolled(SHOP, 20);

        Timed<UserState> read = read(serializer, bytes(serializer, user));

        assertThat(read.timer()).isEqualTo(user.timer());
        assertThat(read.value().incarnation()).isEqualTo(START);
        assertThat(rollOn(SHOP, read)).containsExactly(rollOn(SHOP, user));
    }

    @Test
    void userState_copied_isIndependentOfTheOriginal() throws IOException {
        UserStateSerializer serializer = new UserStateSerializer(SHOP);
        Timed<UserState> user = rolled(SHOP, 20);
        byte[] before = bytes(serializer, user);

        Timed<UserState> copy = serializer.copy(user);
        rollOn(SHOP, user);
        user.setTimer(Timed.NONE);

        assertThat(bytes(serializer, user)).isNotEqualTo(before);
        assertThat(bytes(serializer, copy)).isEqualTo(before);
    }

    @Test
    void userStateSnapshot_ofTheSameLayout_isCompatibleAsIs() throws IOException {
        UserStateSerializer serializer = new UserStateSerializer(SHOP);

        assertThat(compatibility(serializer, serializer).isCompatibleAsIs()).isTrue();
    }

    @Test
    void userStateSnapshot_ofAnotherLayout_readsOldBytesAndMigrates() throws IOException {
        FeatureSet before = FeatureSet.of(List.of(count("views", "view"), count("buys", "buy")));
        FeatureSet after = FeatureSet.of(List.of(count("carts", "cart"), count("views", "view")));
        UserStateSerializer old = new UserStateSerializer(before);
        byte[] oldBytes = bytes(old, rolled(before, 5));
        UserStateSerializer now = new UserStateSerializer(after);

        assertThat(compatibility(now, old).isCompatibleAfterMigration()).isTrue();
        TypeSerializer<Timed<UserState>> restored =
                StoredSnapshots.writeAndRead(old).restoreSerializer();
        byte[] migrated = bytes(now, read(restored, oldBytes));

        // Five views of before and the one that rolls on; nothing in the cart yet.
        assertThat(rollOn(after, read(now, migrated))).containsExactly(0, 6);
    }

    @Test
    void userSegment_writtenAndRead_isTheSame() throws IOException {
        UserSegmentSerializer serializer = new UserSegmentSerializer();
        byte[] written = bytes(serializer, new Timed<>(segment(1, 2), START + 9));

        Timed<UserSegment> read = read(serializer, written);

        assertThat(read.timer()).isEqualTo(START + 9);
        assertThat(read.value().incarnation()).isEqualTo(START);
        assertThat(bytes(serializer, read)).isEqualTo(written);
    }

    @Test
    void userSegment_absent_keepsItsTimer() throws IOException {
        UserSegmentSerializer serializer = new UserSegmentSerializer();

        Timed<UserSegment> read = read(serializer, bytes(serializer, new Timed<>(null, START)));

        assertThat(read.value()).isNull();
        assertThat(read.timer()).isEqualTo(START);
    }

    @Test
    void userSegment_copied_isIndependentOfTheOriginal() throws IOException {
        UserSegmentSerializer serializer = new UserSegmentSerializer();
        Timed<UserSegment> user = new Timed<>(segment(1, 2), START);
        byte[] before = bytes(serializer, user);

        Timed<UserSegment> copy = serializer.copy(user);
        user.setValue(update(user.value(), START + 1, 3, 4));

        assertThat(bytes(serializer, user)).isNotEqualTo(before);
        assertThat(bytes(serializer, copy)).isEqualTo(before);
    }

    @Test
    void userSegmentSnapshot_ofTheSameForm_isCompatibleAsIs() throws IOException {
        UserSegmentSerializer serializer = new UserSegmentSerializer();

        assertThat(compatibility(serializer, serializer).isCompatibleAsIs()).isTrue();
    }

    @Test
    void serializers_shippedToATask_areEqual() throws Exception {
        for (TypeSerializer<?> serializer :
                List.of(new UserStateSerializer(SHOP), new UserSegmentSerializer())) {
            assertThat(InstantiationUtil.clone(serializer))
                    .isEqualTo(serializer)
                    .hasSameHashCodeAs(serializer);
            assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
        }
    }

    /** How a serializer of now sees a savepoint written with an old one. */
    private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
            TypeSerializer<T> now, TypeSerializer<T> old) throws IOException {
        TypeSerializerSnapshot<T> stored = StoredSnapshots.writeAndRead(old);
        return now.snapshotConfiguration().resolveSchemaCompatibility(stored);
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(record, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T record = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return record;
    }

    /** A user after some views, one a second. */
    private static Timed<UserState> rolled(FeatureSet features, int views) {
        FeatureRoller roller = new FeatureRoller(features, RollOptions.defaults());
        UserState state = roller.begin(view(features, 0));
        for (int second = 0; second < views; second++) {
            roller.onEvent(state, view(features, second), new NoOverflow(), new LastValues());
        }
        return new Timed<>(state, roller.nextMoment(state));
    }

    /** The user's values after one more view. */
    private static double[] rollOn(FeatureSet features, Timed<UserState> user) {
        LastValues last = new LastValues();
        new FeatureRoller(features, RollOptions.defaults())
                .onEvent(user.value(), view(features, 1_000), new NoOverflow(), last);
        return last.values;
    }

    private static ClickEvent view(FeatureSet features, int second) {
        long time = START + second * 1_000L;
        int type = features.typeIndex("view");
        return new ClickEvent("u", false, time, Hashes.of(second, 1), time, type, second, 0, 0);
    }

    private static UserSegment segment(double... values) {
        return update(null, START, values);
    }

    private static UserSegment update(UserSegment state, long time, double... firstValues) {
        AssignOptions options =
                new AssignOptions(Guards.DEFAULTS, Long.MIN_VALUE, Duration.ofDays(90));
        double[] values = Arrays.copyOf(firstValues, SHOP.size());
        UserUpdate update =
                new UserUpdate(
                        UserUpdate.Kind.VECTOR,
                        "u",
                        START,
                        time,
                        SHOP.fingerprint(),
                        false,
                        values);
        return new SegmentAssigner(SHOP, options)
                .onUpdate(state, update, new ModelTimeline(), new NoOutput());
    }

    private static FeatureSpec count(String name, String type) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(type),
                null,
                Duration.ofDays(7),
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }

    /** Refuses what would be kept. */
    private static final class NoOverflow implements OverflowIds {
        @Override
        public boolean addIfAbsent(long eventIdHash, long eventTime) {
            throw new AssertionError("few events overflow nothing");
        }

        @Override
        public void dropBefore(long eventTime) {}
    }

    /** Refuses what would be decided. */
    private static final class NoOutput implements AssignOutput {
        @Override
        public void change(SegmentChange change) {
            throw new AssertionError("there is no model");
        }

        @Override
        public void membership(SegmentMembership membership) {
            throw new AssertionError("there is no model");
        }

        @Override
        public void left(String userId) {
            throw new AssertionError("nobody leaves");
        }
    }

    /** Keeps the last update's values. */
    private static final class LastValues implements RollOutput {
        private double[] values;

        @Override
        public void update(UserUpdate update) {
            values = update.values();
        }

        @Override
        public void vote(Vote vote) {}

        @Override
        public void duplicate() {}

        @Override
        public void counted() {}

        @Override
        public void overQuota(String userId, long minuteStart, long count) {}
    }
}
