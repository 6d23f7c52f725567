// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.at;
import static dev.segmenter.job.functions.Plane.erasure;
import static dev.segmenter.job.functions.Plane.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

class AssignSegmentsTest {
    private static final long DELAY = ModelFeed.DELAY;
    private static final long END = ModelFeed.END;
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
            assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isEqualTo(1);
            assertThat(assign.timers()).isEqualTo(1);

            assign.modelsWatermark(START + DAY - DELAY);

            assertThat(assign.causes()).containsExactly(Cause.FIRST);
            assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isZero();
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
    void live_heldUpdates_comeBeforeModelsWatermarksAndBarriersBehindThem() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            assign.model(model(1, START, DELAY, LEFT, RIGHT));
            assign.update(at("ada", START + DAY, 1, 0));
            assertThat(usersOf(assign.drainEmitted())).isEmpty();
            assign.model(model(2, START + DAY, DELAY, LEFT, RIGHT));
            assertThat(usersOf(assign.drainEmitted())).containsExactly("ada");

            assign.update(at("bob", START + DAY, 1, 0));
            assign.bothWatermarks(START + DAY);
            assertThat(usersOf(assign.drainEmitted())).containsExactly("bob");

            assign.update(at("eve", START + DAY, 1, 0));
            assign.prepareSnapshot();
            assertThat(usersOf(assign.drainEmitted())).containsExactly("eve");

            assign.update(at("kim", START + DAY, 1, 0));
            assign.finish();
            assertThat(usersOf(assign.drainEmitted())).containsExactly("kim");
        }
    }

    private static Set<String> usersOf(List<SegmentOutput> outputs) {
        return outputs.stream().map(SegmentOutput::userId).collect(Collectors.toSet());
    }

    @Test
    void live_versionThatComesAfterAnUpdateOfItsTime_isCountedAsLate() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            assign.model(model(1, START, DELAY, LEFT, RIGHT));
            assign.update(at("ada", START + DAY, 1, 0));

            assign.model(model(2, START + DAY, DELAY, LEFT, RIGHT));
            assertThat(assign.metrics().count(MetricNames.LATE_VERSIONS)).isZero();

            assign.update(at("ada", START + 2 * DAY + DELAY, 1, 0));
            assign.model(model(3, START + 2 * DAY, DELAY, LEFT, RIGHT));
            assertThat(assign.metrics().count(MetricNames.LATE_VERSIONS)).isEqualTo(1);
        }
    }

    @Test
    void exact_lateModelsGiveWhatEarlyModelsGive() throws Exception {
        List<UserUpdate> updates = ModelFeed.randomUpdates(3, 400);
        List<SegmentOutput> expected = modelsFirst(updates);
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            ModelFeed feed = new ModelFeed(9);
            feed.play(assign, updates);
            feed.end(assign);

            assertThat(feed.mostWaiting()).as("updates waited").isGreaterThan(5);
            assertThat(assign.metrics().count(MetricNames.LATE_VERSIONS)).isZero();
            assertThat(assign.causes()).contains(Cause.FIRST, Cause.BEHAVIOUR, Cause.MODEL);
            assertSameForEachUser(assign.outputs(), expected);
        }
    }

    @Test
    void exact_interruptedWhileUpdatesWait_goesOnAsIfNeverInterrupted() throws Exception {
        List<UserUpdate> updates = ModelFeed.randomUpdates(4, 400);
        List<SegmentOutput> pieces = new ArrayList<>();
        ModelFeed feed = new ModelFeed(5);
        OperatorSubtaskState state = null;
        long waitingAtSnapshots = 0;
        for (int from = 0; from < updates.size(); from += 40) {
            try (AssignHarness assign = onRocksDb(EXACT, Guards.DEFAULTS)) {
                AssignHarness opened = state == null ? assign.opened() : assign.openedFrom(state);
                feed.play(opened, updates.subList(from, from + 40));
                waitingAtSnapshots += assign.metrics().gauge(MetricNames.WAITING_VECTORS);
                state = opened.snapshot();
                pieces.addAll(opened.outputs());
            }
        }
        try (AssignHarness assign = onRocksDb(EXACT, Guards.DEFAULTS).openedFrom(state)) {
            feed.end(assign);
            assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isZero();
            pieces.addAll(assign.outputs());
        }

        assertThat(waitingAtSnapshots).isPositive();
        assertSameForEachUser(pieces, modelsFirst(updates));
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
            assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isZero();
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
            assertThat(assign.metrics().gauge(MetricNames.WAITING_VECTORS)).isZero();
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

    /** The same updates where every model is there from the start and nothing waits. */
    private static List<SegmentOutput> modelsFirst(List<UserUpdate> updates) throws Exception {
        AssignTiming patient = new AssignTiming(false, DELAY, 100 * DAY, END);
        try (AssignHarness assign = AssignHarness.of(patient, Guards.DEFAULTS).opened()) {
            for (CentroidSnapshot snapshot : ModelFeed.models()) {
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
        for (int user = 0; user < ModelFeed.USERS; user++) {
            String id = "u" + user;
            assertThat(actual.stream().filter(output -> output.userId().equals(id)))
                    .containsExactlyElementsOf(
                            expected.stream()
                                    .filter(output -> output.userId().equals(id))
                                    .toList());
        }
    }

    private static AssignHarness onRocksDb(AssignTiming timing, Guards guards) throws Exception {
        AssignHarness assign = AssignHarness.of(timing, guards);
        assign.setStateBackend(new EmbeddedRocksDBStateBackend());
        return assign;
    }

    private static void assertUsers(long left, long right, AssignHarness... subtasks)
            throws Exception {
        long[] users = new long[2];
        for (AssignHarness assign : subtasks) {
            users[0] += assign.metrics().gauge(MetricNames.USERS_SLOT + 0);
            users[1] += assign.metrics().gauge(MetricNames.USERS_SLOT + 1);
        }
        assertThat(users).containsExactly(left, right);
    }

    private static SegmentOutput tombstone(String user) {
        return new SegmentOutput(user, null, null);
    }
}
