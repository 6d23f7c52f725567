// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a move happens: margin, stay, confirmation. */
class SegmentAssignerGuardsTest {
    private static final Guards MARGIN_ONLY = new Guards(0.10, Duration.ZERO, Duration.ZERO);
    private static final Guards STAY = new Guards(0.10, Duration.ofDays(2), Duration.ZERO);
    private static final Guards BOTH = new Guards(0.10, Duration.ofDays(2), Duration.ofDays(1));

    @Test
    void move_overTheMargin_happensAtOnce() {
        // Distances 6 and 4: margin 1 - 4/6 = 1/3.
        Scene scene = base(MARGIN_ONLY).at(0, 1, 0).at(1, 6, 0);

        SegmentChange change = scene.out.lastChange();
        assertThat(change.getEventTime()).isEqualTo(Instant.ofEpochMilli(Scene.day(1)));
        assertThat(change.getPreviousSegmentId()).isEqualTo(1);
        assertThat(change.getSegmentId()).isEqualTo(2);
        assertThat(change.getMargin()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void move_underTheMargin_doesNotHappen_andWaitsForNothing() {
        // Distances 5.2 and 4.8: margin 0.0769.
        Scene scene = base(MARGIN_ONLY).at(0, 1, 0).at(1, 5.2, 0);

        assertThat(scene.out.changes).hasSize(1);
        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void move_atExactlyTheMargin_happens() {
        // Distances 8 and 2: margin 0.75.
        Scene scene = base(new Guards(0.75, Duration.ZERO, Duration.ZERO)).at(0, 1, 0).at(1, 8, 0);

        assertThat(scene.state.segmentId()).isEqualTo(2);
    }

    @Test
    void move_marginIsOfDistances_notOfSquares() {
        // Distances 5.5 and 4.5: margin 0.18 on distances, 0.33 on squares.
        Scene scene =
                base(new Guards(0.20, Duration.ZERO, Duration.ZERO)).at(0, 1, 0).at(1, 5.5, 0);

        assertThat(scene.state.segmentId()).isEqualTo(1);
    }

    @Test
    void move_bothDistancesZero_doesNotHappen() {
        Scene scene =
                new Scene(Guards.OFF)
                        .with(Scene.baseModel(1))
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(1))
                                        .centroid(9, "twin", 0, 0)
                                        .centroid(1, "one", 0, 0));

        scene.at(0, 0, 0).at(1, 0, 0);

        assertThat(scene.out.changes).hasSize(1);
        assertThat(scene.state.segmentId()).isEqualTo(1);
    }

    @Test
    void move_withinTheStay_waitsForItsEnd() {
        Scene scene = base(STAY).at(0, 1, 0).at(1, 6, 0);

        assertThat(scene.state.segmentId()).isEqualTo(1);
        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Scene.day(2));
        scene.timerAt(1.99);
        assertThat(scene.state.segmentId()).isEqualTo(1);
        scene.timerAt(2);
        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(2);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(2));
        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void move_timerLate_holdsFromTheGuardsEnd() {
        Scene scene = base(STAY).at(0, 1, 0).at(1, 6, 0).timerAt(9);

        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(2));
    }

    @Test
    void move_updateBeforeTheTimer_isCaughtUpWithTheVectorBefore() {
        Scene scene = base(STAY).at(0, 1, 0).at(1, 6, 0).at(3, 1, 0);

        assertThat(scene.out.changes).hasSize(2);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(2));
        assertThat(scene.out.lastChange().getContributions().get(0).getValue()).isEqualTo(6);
    }

    @Test
    void candidate_leftBeforeTheGuardsEnd_isForgotten() {
        Scene scene = base(STAY).at(0, 1, 0).at(1, 6, 0).at(1.5, 1, 0).timerAt(9);

        assertThat(scene.out.changes).hasSize(1);
    }

    @Test
    void confirmation_countsFromTheCandidatesArrival() {
        Scene scene = base(BOTH).at(-1, 1, 0).at(5, 6, 0);

        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Scene.day(6));
        scene.at(5.5, 7, 0).timerAt(9);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(6));
    }

    @Test
    void confirmation_startsAnewWithAnotherCandidate() {
        Scene scene = base(BOTH).at(-1, 1, 0).at(5, 6, 0).at(5.5, 0, 6);

        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Scene.day(6.5));
        scene.timerAt(9);
        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(3);
    }

    @Test
    void confirmation_countsWhileTheMarginIsStillMissing() {
        // Nearest from day 5, by too little; by enough from day 7: confirmed since day 6.
        Scene scene = base(BOTH).at(-1, 1, 0).at(5, 5.2, 0).at(7, 6, 0);

        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(7));
    }

    @Test
    void guards_bothPending_waitForTheLaterEnd() {
        assertThat(nextAfterCandidateAt(0.5)).isEqualTo(Scene.day(2));
        assertThat(nextAfterCandidateAt(1.5)).isEqualTo(Scene.day(2.5));
    }

    @Test
    void guardEnd_underANewModel_isDecidedByThatModel() {
        // From day 1.5 on segment 2 lies further off: distances 6 and 6.9 at day 2.
        Scene scene =
                base(STAY)
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(1.5))
                                        .centroid(1, "one", 0, 0)
                                        .centroid(2, "two", 12.9, 0));

        scene.at(0, 1, 0).at(1, 6, 0).timerAt(9);

        assertThat(scene.out.changes).hasSize(1);
    }

    @Test
    void guardEnd_newCandidateUnderANewModel_isHandledInTheSamePass() {
        // At day 2 the new model makes 3 the nearest; its confirmation ends at day 3.
        Scene scene =
                base(BOTH)
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(1.5))
                                        .centroid(1, "one", 0, 0)
                                        .centroid(2, "two", 12, 0)
                                        .centroid(3, "three", 7, 0));

        scene.at(-1, 1, 0).at(1, 6, 0).timerAt(9);

        assertThat(scene.out.changes).hasSize(2);
        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(3);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(3));
    }

    @Test
    void deadSegment_bypassesAllGuards() {
        Scene scene =
                base(BOTH)
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(1))
                                        .centroid(2, "two", 10, 0)
                                        .centroid(3, "three", 0, 10));

        scene.at(-1, 1, 0).at(1, 1, 0);

        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(2);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(1));
    }

    @Test
    void maximumWatermark_withNothingPending_ends() {
        Scene scene = base(STAY).at(0, 1, 0);

        scene.assigner.onTimer(scene.state, "u", Long.MAX_VALUE, scene.models, scene.out);

        assertThat(scene.out.changes).hasSize(1);
    }

    @Test
    void firstSegment_waitsForTheConfirmationAlone() {
        Scene scene = base(BOTH).at(0, 1, 0);

        assertThat(scene.out.all).isEmpty();
        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Scene.day(1));
        scene.timerAt(1);
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(1));
    }

    @Test
    void firstSegment_ofASessionUnderWay_isWhereItLeads() {
        Scene scene = base(BOTH).at(0, 1, 0).at(0.1, 6, 0).at(0.2, 9, 0).timerAt(9);

        assertThat(scene.out.changes).hasSize(1);
        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(2);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(1.1));
    }

    @Test
    void firstSegment_flaggedBeforeItIsConfirmed_isToldWithTheFlag() {
        Scene scene = base(BOTH).flaggedAt(0, 1, 0);

        assertThat(scene.out.all).isEmpty();
        scene.timerAt(1);
        assertThat(scene.out.all).hasSize(2);
        assertThat(((SegmentMembership) scene.out.all.get(1)).getFlagged()).isTrue();
    }

    @Test
    void firstSegment_unconfirmedAtTheEndOfAReplay_isGivenThere() {
        Scene scene = base(BOTH).at(0, 1, 0);

        scene.assigner.atEnd(scene.state, "u", Scene.day(0.5), scene.models, scene.out);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(0.5));
        assertThat(scene.assigner.nextMoment(scene.state)).isEqualTo(Long.MAX_VALUE);
    }

    private static long nextAfterCandidateAt(double day) {
        Scene scene = base(BOTH).at(-1, 1, 0).at(day, 6, 0);
        return scene.assigner.nextMoment(scene.state);
    }

    private static Scene base(Guards guards) {
        return new Scene(guards).with(Scene.baseModel(1));
    }
}
