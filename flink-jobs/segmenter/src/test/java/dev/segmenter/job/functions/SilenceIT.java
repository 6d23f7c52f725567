// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.LoggedUsers.Moment;
import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Customers who lapse: real logs, and the quarter after their last event, through roll, trainer and
 * assign with the defaults of a shop. What is expected is read off the raw log.
 */
class SilenceIT {
    /** Years before 2000 are refused on admission; the log of 1997 and 1998 is moved to 2007 and 2008. */
    private static final Duration TEN_YEARS = Duration.ofDays(3652);

    @Test
    void onlineRetail_everybodyMovesAndLeavesInSilence() throws Exception {
        LoggedUsers log = LoggedUsers.read("online_retail.csv.gz", Duration.ZERO);
        assertThat(log.times()).hasSize(4_372);

        Run run = new Run(log);

        run.requireEachExitOnTime();
        assertThat(run.silentMoves(Cause.BEHAVIOUR)).isGreaterThan(4_372);
    }

    @Test
    void cdnow_everybodyMovesAndLeavesInSilence() throws Exception {
        LoggedUsers log = LoggedUsers.read("cdnow.csv.gz", TEN_YEARS);
        assertThat(log.times()).hasSize(23_570);

        Run run = new Run(log);

        run.requireEachExitOnTime();
        assertThat(run.silentMoves(Cause.BEHAVIOUR)).isGreaterThan(23_570);
    }

    /** One log from its first event to the exit of its last user. */
    private static final class Run {
        private final LoggedUsers log;
        private final SegmenterConfig config =
                SegmenterConfig.load(
                        null,
                        Map.of("kafka.bootstrap-servers", "localhost:9092", "assignment", "exact"));
        private final EventReducer reducer =
                new EventReducer(EventRules.replay(), config.features());
        private final long disorder = config.disorder().toMillis();
        private final Trainer trainer = new Trainer(config.features(), config.trainer());
        private final List<SegmentChange> changes = new ArrayList<>();
        private final Set<String> members = new HashSet<>();
        private final Map<String, Long> exits = new HashMap<>();

        Run(LoggedUsers log) throws Exception {
            this.log = log;
            RollHarness roll = new RollHarness(config.features(), config.roll(), null);
            AssignTiming timing = new AssignTiming(true, disorder, disorder, null);
            AssignHarness assign = AssignHarness.of(config, timing);
            try (Chain chain = new Chain(roll, assign, update -> {}, trainer::onVote).open()) {
                long last = play(chain);
                long end = last + config.roll().exitAfter().toMillis();
                for (long now = last; now < end; now += Duration.ofDays(1).toMillis()) {
                    pass(chain, now);
                    chain.requireOneTimerAUser();
                }
                pass(chain, end);
                chain.requireNothingLeft();
            }
        }

        private long play(Chain chain) throws Exception {
            long greatest = Long.MIN_VALUE;
            for (Event event : log.events()) {
                long time = event.getEventTime().toEpochMilli();
                boolean later = time > greatest;
                greatest = Math.max(greatest, time);
                chain.process(reducer.reduce(event, greatest));
                if (later) {
                    pass(chain, greatest - disorder);
                }
            }
            return greatest;
        }

        private void pass(Chain chain, long watermark) throws Exception {
            chain.users(watermark);
            for (CentroidSnapshot snapshot : trainer.advanceTo(watermark)) {
                chain.assign.model(snapshot);
            }
            chain.models(watermark);
            for (SegmentOutput output : chain.assign.drainOutputs()) {
                take(output);
            }
        }

        private void take(SegmentOutput output) {
            if (output.change() != null) {
                changes.add(output.change());
            } else if (output.membership() != null) {
                members.add(output.userId());
            } else {
                assertThat(members.remove(output.userId())).as(output.userId()).isTrue();
                exits.merge(output.userId(), 1L, Long::sum);
            }
        }

        /** By a change at the very moment that the raw log gives, and by a tombstone each. */
        void requireEachExitOnTime() {
            List<Moment> expected = log.silentFor(config.roll().exitAfter());
            assertThat(
                            changes.stream()
                                    .filter(change -> change.getCause() == Cause.EXPIRY)
                                    .map(Run::moment))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(exits.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(expected.size());
            assertThat(members).isEmpty();
        }

        /** Moves at moments at which the user did nothing. */
        long silentMoves(Cause cause) {
            return changes.stream()
                    .filter(change -> change.getCause() == cause)
                    .filter(change -> !log.acted(moment(change)))
                    .count();
        }

        private static Moment moment(SegmentChange change) {
            return new Moment(change.getUserId(), change.getEventTime().toEpochMilli());
        }
    }
}
