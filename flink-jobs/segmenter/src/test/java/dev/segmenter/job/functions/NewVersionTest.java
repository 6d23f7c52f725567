// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.FEATURES;
import static dev.segmenter.job.functions.Plane.HOUR;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.at;
import static dev.segmenter.job.functions.Plane.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new version of the model reaches users one by one, each at its next event or timer. */
class NewVersionTest {
    private static final long DELAY = ModelFeed.DELAY;
    private static final long VOTE_INTERVAL = RollOptions.defaults().voteInterval().toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final double[] LEFT = {0, 0};
    private static final double[] RIGHT = {10, 0};
    private static final AssignTiming LIVE = new AssignTiming(false, DELAY, DAY, null);

    private final List<UserUpdate> updates = new ArrayList<>();

    @Test
    void arrival_touchesNobody() throws Exception {
        try (Chain chain = chain()) {
            long arrival = settle(chain, 200);
            int outputs = chain.assign.outputs().size();
            int state = chain.assign.stateEntries();

            swapSegments(chain, arrival);
            chain.models(arrival);

            assertThat(chain.assign.outputs()).hasSize(outputs);
            assertThat(chain.assign.timers()).isZero();
            assertThat(chain.assign.stateEntries()).isEqualTo(state);
            assertThat(chain.assign.metrics().gauge(MetricNames.USERS_MET_BY_VERSION)).isZero();
        }
    }

    /** All of 20,000 silent users change sides; a minute's share of a day is 14, its deviation 3.7. */
    @Test
    void everybodyMoves_spreadOverOneVoteInterval() throws Exception {
        int users = 20_000;
        try (Chain chain = chain()) {
            long arrival = settle(chain, users);
            swapSegments(chain, arrival);
            updates.clear();

            chain.users(arrival + VOTE_INTERVAL);

            List<SegmentChange> moves = moves(chain);
            assertThat(moves).hasSize(users).allMatch(change -> change.getModelVersion() == 2);
            Map<String, Long> nextUpdate = new HashMap<>();
            updates.forEach(update -> nextUpdate.putIfAbsent(update.userId(), update.time()));
            assertThat(moves)
                    .allSatisfy(
                            move ->
                                    assertThat(timeOf(move))
                                            .isEqualTo(nextUpdate.get(move.getUserId()))
                                            .isBetween(arrival + 1, arrival + VOTE_INTERVAL));
            double share = users * MINUTE / (double) VOTE_INTERVAL;
            assertThat(
                            moves.stream()
                                    .collect(
                                            Collectors.groupingBy(
                                                    move -> timeOf(move) / MINUTE,
                                                    Collectors.counting()))
                                    .values())
                    .allSatisfy(
                            minute ->
                                    assertThat((double) minute)
                                            .isLessThan(share + 6 * Math.sqrt(share)));
            assertReach(chain, 2, users, users);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomUsers_areMetAtTheirNextUpdate_oneVoteIntervalLaterAtTheLatest(long seed)
            throws Exception {
        Random random = new Random(seed);
        try (Chain chain = chain()) {
            long arrival = settle(chain, 60);
            Set<String> live = Set.copyOf(chain.assign.users());
            swapSegments(chain, arrival);
            updates.clear();

            for (long now = arrival; now < arrival + VOTE_INTERVAL; now += random.nextLong(HOUR)) {
                chain.process(view("u" + random.nextInt(80), now, random.nextLong()));
                chain.users(now - DELAY);
                if (!met(live).isEmpty()) {
                    assertReach(chain, 2, met(live).size(), moves(chain).size());
                }
            }
            chain.users(arrival + VOTE_INTERVAL);

            assertThat(updates).extracting(UserUpdate::userId).containsAll(live);
            assertReach(chain, 2, live.size(), moves(chain).size());
            assertThat(moves(chain)).extracting(SegmentChange::getUserId).doesNotHaveDuplicates();
        }
    }

    @Test
    void reach_isKeptByARestart_andAddsUpAfterRescaling() throws Exception {
        OperatorSubtaskState one;
        try (AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF).opened()) {
            assign.model(model(1, START, 0, LEFT, RIGHT));
            updateAll(assign, START + DAY, 0, 30);
            assign.model(model(2, START + DAY, DELAY, RIGHT, LEFT));
            updateAll(assign, START + 2 * DAY, 0, 20);
            assertThat(reach(assign)).containsExactly(2L, 20L, 20L);
            one = assign.snapshot();
        }
        OperatorSubtaskState two;
        try (AssignHarness first = restored(one, 1, 2, 0);
                AssignHarness second = restored(one, 1, 2, 1)) {
            assertThat(sum(reach(first), reach(second))).containsExactly(20L, 20L);
            for (AssignHarness assign : List.of(first, second)) {
                for (String user : assign.users()) {
                    assign.update(at(user, START + 3 * DAY, 0, 0));
                }
            }
            assertThat(sum(reach(first), reach(second))).containsExactly(30L, 30L);
            two =
                    AbstractStreamOperatorTestHarness.repackageState(
                            first.snapshot(), second.snapshot());
        }
        try (AssignHarness assign = restored(two, 2, 1, 0)) {
            assertThat(reach(assign)).containsExactly(2L, 30L, 30L);
            assign.model(model(3, START + 4 * DAY, DELAY, RIGHT, LEFT));
            updateAll(assign, START + 5 * DAY, 0, 1);
            assertThat(reach(assign)).as("another version begins").containsExactly(3L, 1L, 0L);
        }
    }

    /** Whoever was live at the version's arrival and has had an update since. */
    private Set<String> met(Set<String> live) {
        Set<String> met = new HashSet<>();
        updates.forEach(update -> met.add(update.userId()));
        met.retainAll(live);
        return met;
    }

    private static void assertReach(Chain chain, long version, long met, long moved)
            throws Exception {
        assertThat(reach(chain.assign)).containsExactly(version, met, moved);
    }

    private Chain chain() throws Exception {
        RollHarness roll = new RollHarness(FEATURES, RollOptions.defaults(), null);
        AssignHarness assign = AssignHarness.of(LIVE, Guards.OFF);
        return new Chain(roll, assign, updates::add, vote -> {}).open();
    }

    /** Users view something on the first day and are in segment 1 the day after; returns the clock. */
    private long settle(Chain chain, int users) throws Exception {
        chain.assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
        Random random = new Random(users);
        long[] times = random.longs(users, START, START + DAY).sorted().toArray();
        for (int user = 0; user < users; user++) {
            chain.process(view("u" + user, times[user], user));
        }
        long now = START + 3 * DAY / 2;
        chain.users(now);
        return now;
    }

    private static void swapSegments(Chain chain, long arrival) throws Exception {
        chain.assign.model(model(2, arrival - DELAY, DELAY, RIGHT, LEFT));
    }

    private static ClickEvent view(String user, long time, long id) {
        return new ClickEvent(user, false, time, id, time, FEATURES.typeIndex("view"), 0, 0, 0);
    }

    private static List<SegmentChange> moves(Chain chain) throws Exception {
        return chain.assign.outputs().stream()
                .map(SegmentOutput::change)
                .filter(Objects::nonNull)
                .filter(change -> change.getCause() == Cause.MODEL)
                .toList();
    }

    private static long timeOf(SegmentChange change) {
        return change.getEventTime().toEpochMilli();
    }

    private static void updateAll(AssignHarness assign, long time, double x, int users)
            throws Exception {
        for (int user = 0; user < users; user++) {
            assign.update(at("u" + user, time, x, 0));
        }
    }

    private static AssignHarness restored(
            OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
        return AssignHarness.of(LIVE, Guards.OFF, parallelism, subtask)
                .openedFrom(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state,
                                AssignHarness.MAX_PARALLELISM,
                                before,
                                parallelism,
                                subtask));
    }

    private static List<Long> reach(AssignHarness assign) throws Exception {
        return List.of(
                assign.metrics().gauge(MetricNames.VERSION_IN_USE),
                assign.metrics().gauge(MetricNames.USERS_MET_BY_VERSION),
                assign.metrics().gauge(MetricNames.USERS_MOVED_BY_VERSION));
    }

    private static List<Long> sum(List<Long> first, List<Long> second) {
        return List.of(first.get(1) + second.get(1), first.get(2) + second.get(2));
    }
}
