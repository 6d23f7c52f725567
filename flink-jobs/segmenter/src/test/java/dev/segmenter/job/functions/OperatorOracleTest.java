// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.job.functions.OperatorHistories.Kept;
import dev.segmenter.oracle.Oracle;
import dev.segmenter.oracle.OracleResult;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.SegmentChange;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The operators in Flink's harnesses against the oracle, record by record, all fields. A history is
 * one seed: what fails is made small and printed (docs/oracle.md).
 */
class OperatorOracleTest {
    private static final System.Logger LOG = System.getLogger(OperatorOracleTest.class.getName());
    private static final double RELATIVE = 1e-9;
    private static long histories;
    private static long events;
    private static long records;
    private static long moves;

    @AfterContainer
    static void tellHowMuch() {
        LOG.log(
                System.Logger.Level.INFO,
                "compared with the oracle: {0} histories, {1} events, {2} changes, {3} records in all",
                histories,
                events,
                moves,
                records);
    }

    @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void records_anyHistory_areTheOracles(@ForAll long seed) {
        hold(OperatorHistories.random(seed, Kept.NOTHING), changes -> {});
    }

    @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void causes_frozenModel_areNeverModel(@ForAll long seed) {
        hold(
                OperatorHistories.random(seed, Kept.MODEL),
                changes ->
                        assertThat(changes)
                                .extracting(SegmentChange::getCause)
                                .doesNotContain(Cause.MODEL));
    }

    @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void causes_frozenUsers_areNeverBehaviour(@ForAll long seed) {
        hold(
                OperatorHistories.random(seed, Kept.VECTORS),
                changes ->
                        assertThat(changes)
                                .extracting(SegmentChange::getCause)
                                .doesNotContain(Cause.BEHAVIOUR));
    }

    @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void thereAndBack_segmentsAlive_isNeverWithinTheStay(@ForAll long seed) {
        OperatorHistory history = OperatorHistories.random(seed, Kept.SEGMENTS_ALIVE);
        long stay = history.settings().assign().guards().stay().toMillis();
        hold(history, changes -> assertNoReturnWithin(stay, changes));
    }

    private static void hold(OperatorHistory history, Consumer<List<SegmentChange>> holds) {
        Throwable first = failure(history, holds);
        if (first != null) {
            OperatorHistory smallest = history.smallest(part -> failure(part, holds) != null);
            throw new AssertionError(smallest.toString(), failure(smallest, holds));
        }
    }

    private static Throwable failure(OperatorHistory history, Consumer<List<SegmentChange>> holds) {
        try {
            OperatorChain chain = OperatorChain.run(history);
            OracleResult expected =
                    Oracle.replay(
                            history.settings(),
                            history.records(),
                            history.snapshots(),
                            history.endTime());
            compare(chain, expected);
            expected.changes()
                    .values()
                    .forEach(
                            changes -> {
                                changes.forEach(OperatorOracleTest::assertContributionsAddUp);
                                holds.accept(changes);
                            });
            count(history, expected);
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    private static void compare(OperatorChain chain, OracleResult expected) {
        assertThat(chain.outputs).isEqualTo(expected.outputs());
        assertThat(chain.overQuota).containsExactlyInAnyOrderElementsOf(expected.overQuota());
        assertThat(chain.counted).isEqualTo(expected.counted());
        assertThat(chain.duplicates).isEqualTo(expected.duplicates());
        assertThat(chain.late)
                .extracting(DeadLetter::getEventTime)
                .isEqualTo(
                        expected.late().stream()
                                .map(RawEvent::event)
                                .map(event -> event.getEventTime())
                                .toList());
    }

    private static void count(OperatorHistory history, OracleResult expected) {
        histories++;
        events += history.records().size();
        records += expected.outputs().values().stream().mapToLong(List::size).sum();
        moves += expected.changes().values().stream().mapToLong(List::size).sum();
    }

    /** To 1e-9 of the difference of the distances, or, where a small margin lets it cancel, of the larger. */
    private static void assertContributionsAddUp(SegmentChange change) {
        if (change.getMargin() == null) {
            assertThat(change.getContributions()).isEmpty();
            return;
        }
        double distance = change.getPreviousDistanceSquared();
        double difference = distance - change.getDistanceSquared();
        double sum = 0;
        for (Contribution contribution : change.getContributions()) {
            sum += contribution.getContribution();
        }
        double scale = change.getMargin() >= 0.1 ? difference : distance;
        assertThat(sum).isCloseTo(difference, within(RELATIVE * scale));
    }

    private static void assertNoReturnWithin(long stay, List<SegmentChange> changes) {
        for (int i = 1; i < changes.size(); i++) {
            SegmentChange there = changes.get(i - 1);
            SegmentChange back = changes.get(i);
            boolean returned =
                    back.getSegmentId() != null
                            && back.getIncarnation().equals(there.getIncarnation())
                            && Objects.equals(there.getPreviousSegmentId(), back.getSegmentId());
            if (returned) {
                assertThat(back.getEventTime())
                        .isAfterOrEqualTo(there.getEventTime().plusMillis(stay));
            }
        }
    }
}
