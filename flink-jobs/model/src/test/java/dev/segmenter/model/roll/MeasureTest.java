// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.oracle.SlowRoller;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept up to date event by event against what is measured at once, and against the oracle. */
class MeasureTest {
    private static final String USER = "heidi";
    private static final FeatureSet FEATURES = Features.everyKind();
    private static final FeaturePlan PLAN = new FeaturePlan(FEATURES);
    private static final RollOptions OPTIONS =
            new RollOptions(
                    Duration.ofHours(1),
                    8,
                    Duration.ofMinutes(30),
                    Duration.ofDays(100),
                    Duration.ofDays(1),
                    5,
                    16,
                    Duration.ofHours(2));

    /** More items than are counted exactly, so that samples are thinned and panes are emptied out of order. */
    @Test
    void onEvent_manyItemsAndDisorder_keepsWhatMeasuringAnewGives() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            FeatureRoller roller = new FeatureRoller(FEATURES, OPTIONS);
            Journal kept = new Journal();
            Journal slow = new Journal();
            SlowRoller oracle = new SlowRoller(FEATURES, OPTIONS, USER, slow);
            HeldIds ids = new HeldIds();
            UserState state = null;
            long now = 1_700_000_000_000L;
            for (int i = 0; i < 120; i++) {
                now += gap(random);
                ClickEvent event = event(random, i, now);
                state = state == null ? roller.begin(event) : state;
                roller.onEvent(state, event, ids, kept);
                oracle.onEvent(event);
                requireFresh(state);
            }

            assertThat(kept.lines).as("seed %d", seed).isEqualTo(slow.lines);
        }
    }

    @Test
    void values_keptByTheOutput_areNotOverwritten() {
        FeatureRoller roller = new FeatureRoller(FEATURES, OPTIONS);
        Journal journal = new Journal();
        Random random = new Random(1);
        ClickEvent first = event(random, 0, 1_700_000_000_000L);
        UserState state = roller.begin(first);
        roller.onEvent(state, first, new HeldIds(), journal);
        double[] values = journal.updates.get(0).values().clone();
        roller.onTimer(
                state, USER, first.time() + Duration.ofDays(2).toMillis(), new HeldIds(), journal);

        assertThat(journal.updates.get(0).values()).containsExactly(values);
        assertThat(journal.votes).hasSize(2);
        assertThat(journal.votes.get(0).values()).isNotSameAs(journal.votes.get(1).values());
    }

    private static void requireFresh(UserState state) {
        long[] kept = measure(state);
        PLAN.measure(state, Hashes.of(USER));
        assertThat(measure(state)).isEqualTo(kept);
        // It goes on with what was kept.
        int start = state.start(PLAN.layout().measure());
        for (int i = 0; i < kept.length - 2; i++) {
            state.set(start + i, kept[i]);
        }
    }

    /** Panes and values, then the moments. */
    private static long[] measure(UserState state) {
        int section = PLAN.layout().measure();
        int start = state.start(section);
        int size = state.end(section) - start;
        long[] numbers = new long[size + 2];
        for (int i = 0; i < size; i++) {
            numbers[i] = state.at(start + i);
        }
        numbers[size] = state.leaving;
        numbers[size + 1] = state.paneEnd;
        return numbers;
    }

    private static long gap(Random random) {
        Duration[] gaps = {
            Duration.ofSeconds(5),
            Duration.ofMinutes(40),
            Duration.ofHours(20),
            Duration.ofDays(6),
            Duration.ofDays(i(random, 60) == 0 ? 99 : 1)
        };
        return (long) (random.nextDouble() * gaps[i(random, gaps.length)].toMillis());
    }

    private static int i(Random random, int bound) {
        return random.nextInt(bound);
    }

    private static ClickEvent event(Random random, int i, long now) {
        long late = i > 0 && i(random, 4) == 0 ? i(random, 30 * 3_600_000) : 0;
        return new ClickEvent(
                USER,
                false,
                now,
                i(random, 10) == 0 ? Math.max(0, i - 1) : i,
                now - late,
                i(random, 3) - 1,
                Hashes.toInt(Hashes.of(i(random, 80), 3)),
                i(random, 5),
                i(random, 400) / 7.0);
    }
}
