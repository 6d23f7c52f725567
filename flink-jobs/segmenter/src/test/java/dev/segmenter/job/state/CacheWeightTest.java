// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.functions.AssignSegments;
import dev.segmenter.job.functions.RollFeatures;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimates of the caches against the objects counted one by one: on the safe side, and not far off. */
class CacheWeightTest {
    private static final FeatureSet SHOP = DefaultFeatures.shop();

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void usersOfAShop_areEstimatedToTakeTheirHeapOrMore_upToThreeTimes(int seed) throws Exception {
        ShopUser user = new ShopUser(SHOP, seed);
        for (int day = 0; day < 90; day += 10) {
            user.live(10);
            Timed<UserState> state = user.state();
            write(new UserStateSerializer(SHOP), state);

            assertNear(
                    RollFeatures.weight(SHOP),
                    state,
                    HeapBytes.of(state, "AggregateLayout", "FeaturePlan"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void memberships_areEstimatedToTakeTheirHeapOrMore_upToThreeTimes(int seed) throws Exception {
        ShopUser user = new ShopUser(SHOP, seed);
        user.live(30);
        List<UserUpdate> updates = new ArrayList<>(user.updates());
        assertThat(updates).isNotEmpty();
        Timed<UserSegment> state =
                new Timed<>(ShopUser.segment(SHOP, updates.get(updates.size() - 1)), Timed.NONE);
        write(new UserSegmentSerializer(), state);

        assertNear(AssignSegments.weight(), state, HeapBytes.of(state));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_500, 2_048, 3_000, 30_000})
    void usersThemselves_areEstimatedToTakeTheirHeapOrMore_upToThreeTimes(int count)
            throws Exception {
        CacheWeight weight = new CacheWeight(0, 0);
        CachedUsers users = new CachedUsers();
        DueUsers due = new DueUsers();
        long estimate = 0;
        for (int i = 0; i < count; i++) {
            int place = users.add("8f14e45f-ea8e-4c1b-9f5d-" + i);
            users.widen(place, 100 + i % 100);
            due.add(i, place);
            estimate += weight.of(users.entry(place).length, null);
        }
        long listed = (long) Integer.BYTES * users.end();

        long counted = HeapBytes.of(users) + HeapBytes.of(due) + listed;
        assertThat(estimate).isBetween(counted, 3 * counted);
    }

    private static void assertNear(CacheWeight weight, Timed<?> value, long counted) {
        long estimate = weight.of(0, value) - weight.of(0, null);
        assertThat(estimate).isBetween(counted, 3 * counted);
    }

    private static <T> void write(TypeSerializer<T> serializer, T value) throws Exception {
        serializer.serialize(value, new DataOutputSerializer(64));
    }
}
