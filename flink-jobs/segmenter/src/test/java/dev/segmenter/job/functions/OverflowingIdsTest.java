// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Overflowing event ids are in checkpoints as they were at the barrier, and none is lost or forgotten by a failure. */
class OverflowingIdsTest {
    private static final FeatureSet SHOP = DefaultFeatures.shop();
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final int EVENTS = 4_000;
    private static final int USERS = 20;

    /** So many ids take 2 MB of the 4 MB that tables have beside a cache of this size. */
    private static final int MANY = 50_000;

    private static final int MORE_THAN_CARRIED = 600_000;

    private static final CacheOptions LITTLE_ROOM =
            new CacheOptions(
                    4L << 20, 0, 1 << 30, Duration.ofSeconds(10), Duration.ofMillis(500), 0);

    static Stream<Arguments> caches() {
        return Stream.of(
                        Caches.NONE,
                        Caches.ONE_USER,
                        Caches.SMALL,
                        Caches.LARGE_WRITTEN,
                        Caches.LARGE)
                .flatMap(cache -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(cache, seed)));
    }

    @ParameterizedTest
    @MethodSource("caches")
    void failuresAfterCheckpoints_loseAndRepeatNothing(CacheOptions cache, long seed)
            throws Exception {
        Random random = new Random(seed);
        List<ClickEvent> events = events(random);
        List<String> expected;
        try (RollHarness roll = onRocksDb(Caches.NONE).open()) {
            play(roll, events);
            expected = told(roll);
            assertThat(roll.metrics().count(MetricNames.DUPLICATES)).isGreaterThan(EVENTS / 8);
        }

        List<String> actual = new ArrayList<>();
        OperatorSubtaskState state = null;
        int at = 0;
        while (at < EVENTS) {
            try (RollHarness roll =
                    state == null ? onRocksDb(cache).open() : onRocksDb(cache).openFrom(state)) {
                int checkpoints = random.nextInt(12);
                for (int c = 0; c <= checkpoints && at < EVENTS; c++) {
                    int end = Math.min(EVENTS, at + 1 + random.nextInt(150));
                    play(roll, events.subList(at, end));
                    actual.addAll(told(roll));
                    at = end;
                    if (c < checkpoints && random.nextInt(4) > 0) {
                        roll.snapshot();
                    }
                }
                state = stateWhileItGoesOn(roll, events, at, random);
            }
        }

        assertThat(actual).isEqualTo(expected);
    }

    /** The updates since the last call. */
    private static List<String> told(RollHarness roll) throws Exception {
        return roll.drainUpdates().stream()
                .map(
                        update ->
                                update.userId()
                                        + " "
                                        + update.time()
                                        + Arrays.toString(update.values()))
                .toList();
    }

    /** What happens after the barrier is lost. */
    private static OperatorSubtaskState stateWhileItGoesOn(
            RollHarness roll, List<ClickEvent> events, int at, Random random) throws Exception {
        if (random.nextInt(5) == 0) {
            return roll.savepoint(SavepointFormatType.CANONICAL);
        }
        Future<OperatorSubtaskState> checkpoint = roll.checkpoint();
        play(roll, events.subList(at, Math.min(EVENTS, at + random.nextInt(100))));
        while (!checkpoint.isDone()) {
            roll.pass(1);
        }
        return checkpoint.get();
    }

    @Test
    void tablesDroppedWhileACheckpointIsWritten_areInItAsTheyWere() throws Exception {
        OperatorSubtaskState state;
        try (RollHarness roll = onRocksDb(LITTLE_ROOM).open()) {
            for (int id = 0; id < MANY; id++) {
                roll.process(view("first", id, START));
            }
            roll.process(view("second", 0, START));
            Future<OperatorSubtaskState> checkpoint = roll.checkpoint();
            for (String other : List.of("second", "third")) {
                for (int id = 0; id < MANY; id++) {
                    roll.process(view(other, id, START));
                }
            }
            assertThat(checkpoint.isDone()).isFalse();
            while (!checkpoint.isDone()) {
                roll.pass(1);
            }
            state = checkpoint.get();
        }

        try (RollHarness roll = onRocksDb(LITTLE_ROOM).openFrom(state)) {
            for (String user : List.of("first", "second")) {
                for (int id = 0; id < MANY; id++) {
                    roll.process(view(user, id, START));
                }
            }
            assertThat(roll.metrics().count(MetricNames.DUPLICATES)).isEqualTo(MANY + 1);
        }
    }

    @Test
    void few_areCarried_andMoreThanCheckpointsTake_areInTheState() throws Exception {
        try (RollHarness roll = onRocksDb(Caches.LARGE).open()) {
            long before = carriedBytes(roll, 0, 1);
            long few = carriedBytes(roll, 1, MANY);
            assertThat(few - before).isGreaterThan((MANY - 1) * (long) Long.BYTES);
            assertThat(carriedBytes(roll, MANY, MORE_THAN_CARRIED)).isLessThan(few / 10);
            assertThat(carriedBytes(roll, MORE_THAN_CARRIED, MORE_THAN_CARRIED + 1))
                    .isLessThan(few / 10);
        }
    }

    /** By the checkpoint after one user's events with these ids. */
    private static long carriedBytes(RollHarness roll, int from, int to) throws Exception {
        for (int id = from; id < to; id++) {
            roll.process(view("first", id, START));
        }
        return roll.snapshot().getRawKeyedState().stream()
                .mapToLong(KeyedStateHandle::getStateSize)
                .sum();
    }

    @Test
    void rescaled_carriedIdsGoWhereTheirUsersGo() throws Exception {
        List<ClickEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(view("u" + i % USERS, i, START));
        }
        OperatorSubtaskState state;
        try (RollHarness roll = onRocksDb(Caches.LARGE).open()) {
            play(roll, events);
            state = roll.snapshot();
        }

        long duplicates = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, RollHarness.MAX_PARALLELISM, 1, 2, subtask);
            try (RollHarness roll = onRocksDb(Caches.LARGE, 2, subtask).openFrom(part)) {
                for (ClickEvent event : events) {
                    if (subtask == subtaskOfTwo(event.userId())) {
                        roll.process(event);
                    }
                }
                long here = roll.metrics().count(MetricNames.DUPLICATES);
                assertThat(here).isPositive();
                duplicates += here;
            }
        }
        assertThat(duplicates).isEqualTo(EVENTS);
    }

    private static int subtaskOfTwo(String userId) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                userId, RollHarness.MAX_PARALLELISM, 2);
    }

    private static void play(RollHarness roll, List<ClickEvent> events) throws Exception {
        for (ClickEvent event : events) {
            roll.process(event);
        }
    }

    /** Ids that often come again, at times when they are too old to matter, and pauses. */
    private static List<ClickEvent> events(Random random) {
        List<ClickEvent> events = new ArrayList<>();
        long time = START;
        for (int i = 0; i < EVENTS; i++) {
            time += random.nextInt(400) == 0 ? 1_000_000 : random.nextInt(3_000);
            int user = Math.min(random.nextInt(USERS), random.nextInt(USERS));
            int newest = i / 20;
            int id =
                    random.nextInt(8) == 0
                            ? random.nextInt(newest + 1)
                            : Math.max(0, newest - random.nextInt(10));
            events.add(view("u" + user, id, time));
        }
        return events;
    }

    private static ClickEvent view(String user, int id, long time) {
        return new ClickEvent(user, false, time, id, time, SHOP.typeIndex("view"), 7, 0, 0);
    }

    private static RollHarness onRocksDb(CacheOptions cache) throws Exception {
        return onRocksDb(cache, 1, 0);
    }

    private static RollHarness onRocksDb(CacheOptions cache, int parallelism, int subtask)
            throws Exception {
        RollOptions defaults = RollOptions.defaults();
        RollOptions options =
                new RollOptions(
                        Duration.ofMinutes(10),
                        2,
                        defaults.sessionGap(),
                        defaults.exitAfter(),
                        defaults.voteInterval(),
                        Integer.MAX_VALUE,
                        defaults.distinctCapacity(),
                        defaults.maxSession());
        return new RollHarness(SHOP, options, null, parallelism, subtask, cache)
                .with(new EmbeddedRocksDBStateBackend());
    }
}
