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
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** State and timers of assign: how many there are, what they survive and when they end. */
class AssignSegmentsStateTest {
    private static final long DELAY = ModelFeed.DELAY;
    private static final double[] LEFT = {0, 0};
    private static final double[] RIGHT = {10, 0};
    private static final AssignTiming LIVE = new AssignTiming(false, DELAY, DAY, null);
    private static final AssignTiming EXACT = new AssignTiming(true, DELAY, DELAY, ModelFeed.END);

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
        Guards stay = new Guards(0.10, Duration.ofDays(2), Duration.ZERO);
        try (AssignHarness assign = AssignHarness.of(LIVE, stay).opened()) {
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
    void expiryBeforeTheFirstSegmentIsConfirmed_leavesNoStateAndNoTimer() throws Exception {
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.DEFAULTS).opened()) {
            assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            assign.update(at("ada", START, 0, 0));
            assertThat(assign.timers()).isEqualTo(1);

            assign.update(expiry("ada", START + HOUR));

            assertThat(assign.causes()).isEmpty();
            assertThat(assign.stateEntries()).isZero();
            assertThat(assign.timers()).isZero();
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
    void randomUpdates_noUserHasTwoTimers() throws Exception {
        try (AssignHarness assign = AssignHarness.of(EXACT, Guards.DEFAULTS).opened()) {
            ModelFeed feed = new ModelFeed(2);
            int most = 0;
            for (UserUpdate update : ModelFeed.randomUpdates(8, 300)) {
                feed.play(assign, List.of(update));
                assertThat(assign.timers()).isLessThanOrEqualTo(assign.users().size());
                most = Math.max(most, assign.timers());
            }
            assertThat(most).isGreaterThan(1);
        }
    }

    private static AssignHarness restored(OperatorSubtaskState one, int parallelism, int subtask)
            throws Exception {
        AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF, parallelism, subtask);
        return assign.openedFrom(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        one, AssignHarness.MAX_PARALLELISM, 1, parallelism, subtask));
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
