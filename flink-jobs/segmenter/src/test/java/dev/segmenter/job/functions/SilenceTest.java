// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.FEATURES;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users who stop acting, through both keyed operators: what they leave behind is nothing. */
class SilenceTest {
    private static final long DELAY = ModelFeed.DELAY;
    private static final long EXIT_AFTER = 20 * DAY;
    private static final double[] LEFT = {0, 0};
    private static final double[] RIGHT = {10, 0};
    private static final AssignTiming LIVE = new AssignTiming(false, DELAY, DAY, null);
    private static final AssignTiming EXACT = new AssignTiming(true, DELAY, DELAY, null);
    private static final Guards A_DAY = new Guards(0.1, Duration.ofDays(1), Duration.ZERO);
    private static final int USERS = 8;

    private final List<UserUpdate> updates = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, heap", "2, heap", "3, heap", "4, heap", "5, heap", "6, rocksdb", "7, rocksdb"})
    void randomLives_neverTwoTimersAUser_andNothingIsLeftAfterTheLastExit(long seed, String backend)
            throws Exception {
        try (Chain chain = chain(EXACT, A_DAY, backend(backend)).open()) {
            Life life = new Life(chain, seed);
            for (int step = 0; step < 400; step++) {
                life.step();
            }
            assertThat(life.overflowing).as("users with overflowing event ids").isPositive();
            assertThat(life.waiting).as("users with a timer in assign").isPositive();

            chain.users(life.now + EXIT_AFTER);
            chain.models(life.now + EXIT_AFTER);

            assertThat(updates)
                    .extracting(UserUpdate::kind)
                    .contains(UserUpdate.Kind.EXPIRY, UserUpdate.Kind.ERASURE);
            assertThat(chain.assign.causes())
                    .contains(Cause.BEHAVIOUR, Cause.MODEL, Cause.EXPIRY, Cause.ERASURE);
            chain.requireNothingLeft();
        }
    }

    @Test
    void silentUser_slidesOutOfItsSegmentThenLeaves_withoutAnyEvent() throws Exception {
        try (Chain chain = chain(LIVE, new HashMapStateBackend()).open()) {
            chain.assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            for (int i = 0; i < 10; i++) {
                chain.process(view("ada", START + i, i));
            }
            long last = START + 9;

            chain.users(last + EXIT_AFTER);

            assertThat(chain.assign.causes())
                    .containsExactly(Cause.FIRST, Cause.BEHAVIOUR, Cause.BEHAVIOUR, Cause.EXPIRY);
            long exit = chain.assign.outputs().get(6).change().getEventTime().toEpochMilli();
            assertThat(exit).isEqualTo(last + EXIT_AFTER);
            chain.requireNothingLeft();
        }
    }

    @Test
    void erasureWhileUpdatesWait_leavesNothingOnceTheClockHasPassedIt() throws Exception {
        try (Chain chain = chain(EXACT, new HashMapStateBackend()).open()) {
            chain.assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));
            for (int i = 0; i < 10; i++) {
                chain.process(view("ada", START + i, i));
            }
            chain.process(ClickEvent.erasure("ada", START + 10));
            assertThat(chain.roll.stateEntries()).as("roll forgets at once").isZero();
            assertThat(chain.roll.timers()).isZero();
            assertThat(chain.assign.timers()).as("assign waits for the model").isEqualTo(1);

            // It carries its partition's clock, which is past the user's.
            long decidable = START + 10 - DELAY;
            chain.users(decidable - 1);
            chain.models(decidable - 1);
            assertThat(chain.assign.stateEntries()).isPositive();
            chain.users(decidable);
            chain.models(decidable);

            chain.requireNothingLeft();
            assertThat(chain.assign.outputs()).last().isEqualTo(tombstone("ada"));
        }
    }

    @Test
    void erasureOfAUserThatNeverWas_isATombstoneAndNothingElse() throws Exception {
        for (AssignTiming timing : List.of(LIVE, EXACT)) {
            try (Chain chain = chain(timing, new HashMapStateBackend()).open()) {
                chain.assign.model(model(1, START - DAY, DELAY, LEFT, RIGHT));

                chain.process(ClickEvent.erasure("nobody", START));
                chain.users(START);
                chain.models(START);

                assertThat(chain.assign.outputs()).containsExactly(tombstone("nobody"));
                chain.requireNothingLeft();
            }
        }
    }

    private Chain chain(AssignTiming timing, StateBackend backend) throws Exception {
        return chain(timing, Guards.OFF, backend);
    }

    private Chain chain(AssignTiming timing, Guards guards, StateBackend backend) throws Exception {
        AssignHarness assign = AssignHarness.of(timing, guards);
        assign.setStateBackend(backend);
        RollHarness roll = new RollHarness(FEATURES, options(), null).with(backend);
        return new Chain(roll, assign, updates::add, vote -> {});
    }

    private static StateBackend backend(String name) {
        return name.equals("heap") ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }

    private static RollOptions options() {
        RollOptions defaults = RollOptions.defaults();
        return new RollOptions(
                defaults.dedup(),
                1,
                defaults.sessionGap(),
                Duration.ofMillis(EXIT_AFTER),
                defaults.voteInterval(),
                defaults.quotaPerMinute(),
                defaults.distinctCapacity(),
                defaults.maxSession());
    }

    private static ClickEvent view(String user, long time, long id) {
        return new ClickEvent(user, false, time, id, time, FEATURES.typeIndex("view"), 0, 0, 0);
    }

    private static SegmentOutput tombstone(String user) {
        return new SegmentOutput(user, null, null);
    }

    /** Random users who come, act, sleep, are erased and come back, under models that change places. */
    private static final class Life {
        private final Chain chain;
        private final Random random;
        private long now = START;
        private long version;
        private int overflowing;
        private int waiting;

        Life(Chain chain, long seed) {
            this.chain = chain;
            this.random = new Random(seed);
        }

        void step() throws Exception {
            boolean pause = random.nextInt(30) == 0;
            now += pause ? random.nextLong(2 * EXIT_AFTER) : random.nextLong(DAY / 20);
            chain.process(event());
            check();
            chain.users(now - DELAY);
            check();
            if (random.nextInt(4) == 0) {
                train(now - DELAY);
                check();
            }
        }

        private ClickEvent event() {
            String user = "u" + random.nextInt(USERS);
            if (random.nextInt(40) == 0) {
                return ClickEvent.erasure(user, ++now);
            }
            long time = now - random.nextLong(DELAY);
            String type = random.nextInt(5) == 0 ? "purchase" : "view";
            return new ClickEvent(
                    user,
                    false,
                    now,
                    random.nextInt(1000),
                    time,
                    FEATURES.typeIndex(type),
                    0,
                    0,
                    0);
        }

        private void train(long time) throws Exception {
            version++;
            chain.assign.model(
                    version % 2 == 0
                            ? model(version, time, DELAY, RIGHT, LEFT)
                            : model(version, time, DELAY, LEFT, RIGHT));
            chain.models(time);
        }

        private void check() throws Exception {
            chain.requireOneTimerAUser();
            overflowing += chain.roll.stateEntries() - chain.roll.users().size();
            waiting += chain.assign.timers();
        }
    }
}
