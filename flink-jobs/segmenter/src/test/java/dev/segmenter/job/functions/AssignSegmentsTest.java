// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.HOUR;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.at;
import static dev.segmenter.job.functions.Plane.erasure;
import static dev.segmenter.job.functions.Plane.expiry;
import static dev.segmenter.job.functions.Plane.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AssignSegmentsTest {
    private static final long DELAY = HOUR / 12;
    private static final long END = START + 20 * DAY;
    private static final int USERS = 6;
    private static final double[] LEFT = {0, 0};
    private static final double[] RIGHT = {10, 0};
    private static final AssignTiming LIVE = new AssignTiming(false, DELAY, DAY, null);
    private static final AssignTiming EXACT = new AssignTiming(true, DELAY, DELAY, END);

    @Test
    void exact_updateWaitsUntilTheClockHasPassedItsTimeLessTheDelay() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.OFF).opened()) {
            assign.model(model(1, START, DELAY, LEFT, RIGHT));
            assign.update(at("ada", START + DAY, 1, 0));
            assign.usersWatermark(START + 2 * DAY);
            assign.modelsWatermark(START + DAY - DELAY - 1);
            assertThat(assign.outputs()).isEmpty();
            assertThat(assign.metrics.gauge(MetricNames.WAITING_VECTORS)).isEqualTo(1);
            assertThat(assign.timers()).isEqualTo(1);

            assign.modelsWatermark(START + DAY - DELAY);

            assertThat(assign.causes()).containsExactly(Cause.FIRST);
            assertThat(assign.metrics.gauge(MetricNames.WAITING_VECTORS)).isZero();
            assertThat(assign.timers()).isZero();
        }
    }

    @Test
    void live_neverWaits() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            assign.model(model(1, START, DELAY, LEFT, RIGHT));

            assign.update(at("ada", START + DAY, 1, 0));

            assertThat(assign.causes()).containsExactly(Cause.FIRST);
            assertThat(assign.timers()).isZero();
        }
    }

    @Test
    void exact_lateModelsGiveWhatEarlyModelsGive() throws Exception {
        List<UserUpdate> updates = randomUpdates(3, 400);
        List<SegmentOutput> expected = modelsFirst(updates);
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            Feed feed = new Feed(9);
            feed.play(assign, updates);
            feed.end(assign);

            assertThat(feed.mostWaiting).as("updates waited").isGreaterThan(5);
            assertThat(assign.causes()).contains(Cause.FIRST, Cause.BEHAVIOUR, Cause.MODEL);
            assertSameForEachUser(assign.outputs(), expected);
        }
    }

    @Test
    void exact_interruptedWhileUpdatesWait_goesOnAsIfNeverInterrupted() throws Exception {
        List<UserUpdate> updates = randomUpdates(4, 400);
        List<SegmentOutput> pieces = new ArrayList<>();
        Feed feed = new Feed(5);
        OperatorSubtaskState state = null;
        long waitingAtSnapshots = 0;
        for (int from = 0; from < updates.size(); from += 40) {
            try (AssignHarness assign = onRocksDb(EXACT, Guards.DEFAULTS)) {
                AssignHarness opened = state == null ? assign.opened() : assign.openedFrom(state);
                feed.play(opened, updates.subList(from, from + 40));
                waitingAtSnapshots += assign.metrics.gauge(MetricNames.WAITING_VECTORS);
                state = opened.snapshot();
                pieces.addAll(opened.outputs());
            }
        }
        try (AssignHarness assign = onRocksDb(EXACT, Guards.DEFAULTS).openedFrom(state)) {
            feed.end(assign);
            assertThat(assign.metrics.gauge(MetricNames.WAITING_VECTORS)).isZero();
            pieces.addAll(assign.outputs());
        }

        assertThat(waitingAtSnapshots).isPositive();
        assertSameForEachUser(pieces, modelsFirst(updates));
    }

    @Test
    void randomUpdates_noUserHasTwoTimers() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            Feed feed = new Feed(2);
            int most = 0;
            for (UserUpdate update : randomUpdates(8, 300)) {
                feed.play(assign, List.of(update));
                assertThat(assign.timers()).isLessThanOrEqualTo(assign.users().size());
                most = Math.max(most, assign.timers());
            }
            assertThat(most).isGreaterThan(1);
        }
    }

    @Test
    void guard_hasOneTimerAndNoneAfterwards() throws Exception {
        Guards guards = new Guards(0.1, Duration.ofDays(2), Duration.ZERO);
        try (AssignHarness assign = AssignHarness.of(LIVE, guards).opened()) {
            assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            assign.update(at("ada", START, 0, 0));
            assertThat(assign.timers()).as("nothing is pending").isZero();

            assign.update(at("ada", START + HOUR, 10, 0));
            assign.update(at("ada", START + 2 * HOUR, 9, 0));
            assertThat(assign.timers()).isEqualTo(1);
            assertThat(assign.causes()).containsExactly(Cause.FIRST);

            assign.bothWatermarks(START + 2 * DAY);
            assertThat(assign.causes()).containsExactly(Cause.FIRST, Cause.BEHAVIOUR);
            assertThat(assign.timers()).isZero();
        }
    }

    @Test
    void expiryAndErasure_leaveNoStateAndNoTimer() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.DEFAULTS).opened()) {
            assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            for (String user : List.of("ada", "bob")) {
                assign.update(at(user, START, 0, 0));
                assign.update(at(user, START + HOUR, 10, 0));
            }
            assertThat(assign.timers()).isEqualTo(2);

            assign.update(expiry("ada", START + 2 * HOUR));
            assign.update(erasure("bob", START + 2 * HOUR));

            assertThat(assign.causes())
                    .containsExactly(Cause.FIRST, Cause.FIRST, Cause.EXPIRY, Cause.ERASURE);
            assertThat(assign.outputsOf("ada")).last().isEqualTo(tombstone("ada"));
            assertThat(assign.outputsOf("bob")).last().isEqualTo(tombstone("bob"));
            assertThat(assign.stateEntries()).isZero();
            assertThat(assign.timers()).isZero();
        }
    }

    @Test
    void erasureBehindWaitingUpdates_isTheLastWord() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            assign.bothWatermarks(START + 2 * DAY);
            assign.update(at("ada", START + 3 * DAY, 0, 0));
            assign.update(at("ada", START + 4 * DAY, 10, 0));

            // Its own time need not wait, and still it must not overtake.
            assign.update(erasure("ada", START + DAY));
            assertThat(assign.outputs()).isEmpty();
            assign.bothWatermarks(START + 5 * DAY);

            assertThat(assign.causes()).first().isEqualTo(Cause.FIRST);
            assertThat(assign.causes()).last().isEqualTo(Cause.ERASURE);
            assertThat(assign.outputs()).last().isEqualTo(tombstone("ada"));
            assertThat(assign.stateEntries()).isZero();
            assertThat(assign.timers()).isZero();
            assertThat(assign.metrics.gauge(MetricNames.WAITING_VECTORS)).isZero();
        }
    }

    @Test
    void supersededModels_areKeptForTheRetentionThenDropped() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            for (int version = 1; version <= 3; version++) {
                assign.model(model(version, START + version * DAY, DELAY, LEFT, RIGHT));
            }
            assign.bothWatermarks(START + 3 * DAY + DELAY - 1);
            assertThat(assign.storedVersions()).containsExactly(1L, 2L, 3L);

            assign.bothWatermarks(START + 3 * DAY + DELAY);
            assertThat(assign.storedVersions()).as("1 is a day behind").containsExactly(2L, 3L);

            assign.bothWatermarks(START + 30 * DAY);
            assertThat(assign.storedVersions()).containsExactly(3L);
        }
    }

    @Test
    void rescaled_usersPerSegmentStillAddUp() throws Exception {
        OperatorSubtaskState one;
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            assign.model(model(1, START, 0, LEFT, RIGHT));
            for (int user = 0; user < 30; user++) {
                assign.update(at("u" + user, START + DAY, user < 10 ? 0 : 10, 0));
            }
            assertUsers(10, 20, assign);
            one = assign.snapshot();
        }

        try (AssignHarness first = restored(one, 2, 0);
                AssignHarness second = restored(one, 2, 1)) {
            assertUsers(10, 20, first, second);
            for (AssignHarness assign : List.of(first, second)) {
                assertThat(assign.users()).hasSizeBetween(1, 29);
                for (String user : assign.users()) {
                    assign.update(at(user, START + 2 * DAY, 0, 0));
                }
            }
            assertUsers(30, 0, first, second);

            OperatorSubtaskState two =
                    AbstractStreamOperatorTestHarness.repackageState(
                            first.snapshot(), second.snapshot());
            try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF)) {
                assign.openedFrom(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                two, AssignHarness.MAX_PARALLELISM, 2, 1, 0));
                assertUsers(30, 0, assign);
                assign.update(erasure("u0", START + 3 * DAY));
                assertUsers(29, 0, assign);
            }
        }
    }

    @Test
    void finishOfAReplay_givesAFirstSegmentToWhoeverHasNone() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            assign.update(at("ada", START, 0, 0));
            assign.update(at("bob", START + DAY, 10, 0));
            assign.bothWatermarks(END);
            assertThat(assign.outputs()).isEmpty();

            assign.model(model(1, END, 0, LEFT, RIGHT));
            assign.finish();

            assertThat(assign.causes()).containsExactly(Cause.FIRST, Cause.FIRST);
            assertThat(assign.outputsOf("bob").get(0).change().getSegmentId()).isEqualTo(2);
            assertThat(assign.outputsOf("bob").get(0).change().getEventTime().toEpochMilli())
                    .isEqualTo(END);
            assertUsers(1, 1, assign);
        }
    }

    @Test
    void finishOfAReplay_leavesNoUpdateWaiting() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.OFF).opened()) {
            assign.model(model(1, START, DELAY, LEFT, RIGHT));
            assign.bothWatermarks(END);
            assign.update(at("ada", END + DAY, 0, 0));
            assign.update(at("bob", END + DAY, 10, 0));
            assign.update(erasure("bob", END + DAY));

            assign.finish();

            assertThat(assign.outputsOf("ada").get(0).change().getCause()).isEqualTo(Cause.FIRST);
            assertThat(assign.outputsOf("bob")).last().isEqualTo(tombstone("bob"));
            assertThat(assign.metrics.gauge(MetricNames.WAITING_VECTORS)).isZero();
            assertThat(assign.users()).containsExactly("ada");
        }
    }

    @Test
    void finishOfALiveJob_decidesNothing() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.DEFAULTS).opened()) {
            assign.update(at("ada", START, 0, 0));
            assign.model(model(1, START + DAY, DELAY, LEFT, RIGHT));

            assign.finish();

            assertThat(assign.outputs()).isEmpty();
        }
    }

    /** Sends updates with watermarks on time, and models with watermarks that lag at random. */
    private static final class Feed {
        private final Random random;
        private long trained = START;
        private long nextModel = 1;
        private long mostWaiting;

        Feed(long seed) {
            random = new Random(seed);
        }

        void play(AssignHarness assign, List<UserUpdate> updates) throws Exception {
            for (UserUpdate update : updates) {
                assign.update(update);
                assign.usersWatermark(update.time() - DELAY);
                mostWaiting =
                        Math.max(mostWaiting, assign.metrics.gauge(MetricNames.WAITING_VECTORS));
                if (random.nextInt(15) == 0) {
                    trainUpTo(assign, update.time() - DELAY);
                }
            }
        }

        void end(AssignHarness assign) throws Exception {
            assign.usersWatermark(END);
            trainUpTo(assign, END);
        }

        private void trainUpTo(AssignHarness assign, long time) throws Exception {
            for (; nextModel <= models().size() && closedAt(nextModel) <= time; nextModel++) {
                assign.model(models().get((int) nextModel - 1));
            }
            trained = Math.max(trained, time);
            assign.modelsWatermark(trained);
        }
    }

    /** The same updates where every model is there from the start and nothing waits. */
    private static List<SegmentOutput> modelsFirst(List<UserUpdate> updates) throws Exception {
        AssignTiming patient = new AssignTiming(false, DELAY, 100 * DAY, END);
        try (AssignHarness assign = AssignHarness.of(patient, Guards.DEFAULTS).opened()) {
            for (CentroidSnapshot snapshot : models()) {
                assign.model(snapshot);
            }
            for (UserUpdate update : updates) {
                assign.update(update);
            }
            assign.bothWatermarks(END);
            return assign.outputs();
        }
    }

    private static void assertSameForEachUser(
            List<SegmentOutput> actual, List<SegmentOutput> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int user = 0; user < USERS; user++) {
            String id = "u" + user;
            assertThat(actual.stream().filter(output -> output.userId().equals(id)))
                    .containsExactlyElementsOf(
                            expected.stream()
                                    .filter(output -> output.userId().equals(id))
                                    .toList());
        }
    }

    /** A model every second day; the segments trade places now and then, so that users move by it. */
    private static List<CentroidSnapshot> models() {
        return LongStream.rangeClosed(1, 9)
                .mapToObj(
                        version ->
                                version % 4 == 0
                                        ? model(version, closedAt(version), DELAY, RIGHT, LEFT)
                                        : model(version, closedAt(version), DELAY, LEFT, RIGHT))
                .toList();
    }

    private static long closedAt(long version) {
        return START + version * 2 * DAY;
    }

    /** In the order of time, all before the end. */
    private static List<UserUpdate> randomUpdates(long seed, int size) {
        Random random = new Random(seed);
        List<UserUpdate> updates = new ArrayList<>();
        long step = (END - START - DAY) / size;
        for (int i = 0; i < size; i++) {
            long time = START + i * step + random.nextLong(step);
            String user = "u" + random.nextInt(USERS);
            updates.add(at(user, time, random.nextInt(11), random.nextInt(3)));
        }
        return updates;
    }

    private static AssignHarness onRocksDb(AssignTiming timing, Guards guards) throws Exception {
        AssignHarness assign = AssignHarness.of(timing, guards);
        assign.setStateBackend(new EmbeddedRocksDBStateBackend());
        return assign;
    }

    private static AssignHarness restored(OperatorSubtaskState one, int parallelism, int subtask)
            throws Exception {
        AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF, parallelism, subtask);
        return assign.openedFrom(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        one, AssignHarness.MAX_PARALLELISM, 1, parallelism, subtask));
    }

    private static void assertUsers(long left, long right, AssignHarness... subtasks) {
        long[] users = new long[2];
        for (AssignHarness assign : subtasks) {
            users[0] += assign.metrics.gauge(MetricNames.USERS_SLOT + 0);
            users[1] += assign.metrics.gauge(MetricNames.USERS_SLOT + 1);
        }
        assertThat(users).containsExactly(left, right);
    }

    private static SegmentOutput tombstone(String user) {
        return new SegmentOutput(user, null, null);
    }
}
