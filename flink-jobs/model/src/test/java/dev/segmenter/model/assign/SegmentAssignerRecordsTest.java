// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What changes and memberships say. */
class SegmentAssignerRecordsTest {
    private static final Guards AT_ONCE = new Guards(0.10, Duration.ZERO, Duration.ZERO);

    @Test
    void first_hasNoPrevious() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 2);

        SegmentChange expected =
                SegmentChange.newBuilder()
                        .setChangeId("u/" + Scene.START + "/1")
                        .setUserId("u")
                        .setIncarnation(Instant.ofEpochMilli(Scene.START))
                        .setSequence(1)
                        .setEventTime(Instant.ofEpochMilli(Scene.START))
                        .setSegmentId(1)
                        .setSegmentLabel("one")
                        .setCause(Cause.FIRST)
                        .setModelVersion(1L)
                        .setModelId("model-1")
                        .setDistanceSquared(5.0)
                        .build();
        assertThat(scene.out.changes).containsExactly(expected);
    }

    @Test
    void contributions_areSortedBySize_andAddUp() {
        // From (0, 0) to (0, 10) at (2, 9) with sigma (1, 2): x gives 4 - 4, y 81/4 - 1/4.
        Scene scene =
                new Scene(AT_ONCE).with(Scene.baseModel(1).sigma(1, 2)).at(0, 1, 3).at(1, 2, 9);

        SegmentChange change = scene.out.lastChange();
        assertThat(change.getContributions())
                .containsExactly(
                        new Contribution("y", 3.0, 9.0, 20.0),
                        new Contribution("x", 1.0, 2.0, 0.0));
        assertThat(change.getPreviousDistanceSquared()).isEqualTo(4 + 81.0 / 4);
        assertThat(change.getDistanceSquared()).isEqualTo(4 + 1.0 / 4);
        assertThat(change.getMargin()).isCloseTo(1 - StrictMath.sqrt(4.25 / 24.25), within(1e-15));
    }

    @Test
    void contributions_ofEqualSize_keepTheOrderOfFeatures() {
        // From (0, 0) to (4, 4) at (4, 4): 16 each.
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.model(1).centroid(1, "one", 0, 0).centroid(2, "two", 4, 4))
                        .at(0, 0, 0)
                        .at(1, 4, 4);

        assertThat(scene.out.lastChange().getContributions())
                .extracting(Contribution::getFeature, Contribution::getContribution)
                .containsExactly(tuple("x", 16.0), tuple("y", 16.0));
    }

    @Test
    void contributions_largestAbsoluteFirst_negativeOnesToo() {
        // From (0, 0) to (10, 4) at (10, 1): x gives 100, y 1 - 9 = -8.
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.model(1).centroid(1, "one", 0, 0).centroid(2, "two", 10, 4))
                        .at(0, 0, 0)
                        .at(1, 10, 1);

        assertThat(scene.out.lastChange().getContributions())
                .extracting(Contribution::getContribution)
                .containsExactly(100.0, -8.0);
    }

    @Test
    void contributions_winsorised_countFromTheCut_andTellTheRealValue() {
        // Mean 5 and sigma 1 cut 1000 off at 13: 169 - 9.
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 0, 0).at(1, 1000, 0);

        Contribution first = scene.out.lastChange().getContributions().get(0);
        assertThat(first).isEqualTo(new Contribution("x", 0.0, 1000.0, 160.0));
    }

    @Test
    void contributions_inactiveFeature_isZero() {
        Scene scene =
                new Scene(AT_ONCE).with(Scene.baseModel(1).sigma(1, 0)).at(0, 0, 0).at(1, 9, 7);

        assertThat(scene.out.lastChange().getContributions().get(1))
                .isEqualTo(new Contribution("y", 0.0, 7.0, 0.0));
    }

    @Test
    void contributions_cosine_areOfUnitVectors() {
        // (3, 4) points to (0.6, 0.8): against (1, 0) and (0, 1) x gives 0.16 - 0.36, y 0.64 -
        // 0.04.
        Scene scene =
                new Scene(AT_ONCE)
                        .with(
                                Scene.model(1)
                                        .cosine()
                                        .centroid(1, "one", 7, 0)
                                        .centroid(2, "two", 0, 2))
                        .at(0, 1, 0)
                        .at(1, 3, 4);

        SegmentChange change = scene.out.lastChange();
        assertThat(change.getContributions())
                .extracting(Contribution::getFeature)
                .containsExactly("y", "x");
        assertThat(change.getContributions().get(0).getContribution())
                .isCloseTo(0.6, within(1e-12));
        assertThat(change.getContributions().get(1).getContribution())
                .isCloseTo(-0.2, within(1e-12));
        assertThat(change.getPreviousDistanceSquared() - change.getDistanceSquared())
                .isCloseTo(0.4, within(1e-12));
    }

    @Test
    void previousValue_isThatAtEntry_notTheLast() {
        Scene scene =
                new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 3, 0).at(2, 8, 0);

        assertThat(scene.out.lastChange().getContributions().get(0).getPreviousValue())
                .isEqualTo(1);
        scene.at(3, 0, 0);
        assertThat(scene.out.lastChange().getContributions().get(0).getPreviousValue())
                .isEqualTo(8);
    }

    @Test
    void deadSegment_isNamed_butHasNoDistance() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1))
                        .with(Scene.model(2).effectiveFrom(Scene.day(1)).centroid(2, "two", 10, 0));
        scene.at(0, 1, 0);
        scene.models.dropBefore(Scene.day(1));

        scene.at(1, 1, 0);

        SegmentChange change = scene.out.lastChange();
        assertThat(change.getPreviousSegmentId()).isEqualTo(1);
        assertThat(change.getPreviousSegmentLabel()).isEqualTo("one");
        assertThat(change.getPreviousDistanceSquared()).isNull();
        assertThat(change.getMargin()).isNull();
        assertThat(change.getContributions()).isEmpty();
        assertThat(change.getDistanceSquared()).isEqualTo(81);
    }

    @Test
    void liveSegment_isNamedByTheModelOfTheMoment_notByALaterOne() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1))
                        .with(Scene.model(2).effectiveFrom(Scene.day(9)).centroid(1, "new", 0, 0));

        scene.at(0, 1, 0).at(1, 9, 0);

        assertThat(scene.out.lastChange().getPreviousSegmentLabel()).isEqualTo("one");
    }

    @Test
    void renamedSegment_goesByItsNewLabelFromThatVersionOn() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1))
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(2))
                                        .centroid(1, "uno", 0, 0)
                                        .centroid(2, "dos", 10, 0));

        scene.at(0, 1, 0).at(3, 9, 0);

        assertThat(scene.out.changes.get(0).getSegmentLabel()).isEqualTo("one");
        assertThat(scene.out.lastChange().getPreviousSegmentLabel()).isEqualTo("uno");
        assertThat(scene.out.lastChange().getSegmentLabel()).isEqualTo("dos");
        assertThat(scene.out.lastMembership().getSegmentLabel()).isEqualTo("dos");
    }

    @Test
    void membership_followsEachChange() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).at(4, 7, 0);

        assertThat(scene.out.all).hasSize(4);
        assertThat(scene.out.lastMembership())
                .isEqualTo(
                        SegmentMembership.newBuilder()
                                .setUserId("u")
                                .setIncarnation(Instant.ofEpochMilli(Scene.START))
                                .setSequence(2)
                                .setSegmentId(2)
                                .setSegmentLabel("two")
                                .setSince(Instant.ofEpochMilli(Scene.day(4)))
                                .setModelVersion(1)
                                .setDistanceSquared(9)
                                .setCoverage(0.4)
                                .setFlagged(false)
                                .setUpdatedAt(Instant.ofEpochMilli(Scene.day(4)))
                                .build());
    }

    @Test
    void membership_flagFlips_isToldAgain() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).flaggedAt(1, 2, 0);

        assertThat(scene.out.changes).hasSize(1);
        assertThat(scene.out.memberships).hasSize(2);
        SegmentMembership flagged = scene.out.lastMembership();
        assertThat(flagged.getFlagged()).isTrue();
        assertThat(flagged.getSequence()).isEqualTo(1);
        assertThat(flagged.getSince().toEpochMilli()).isEqualTo(Scene.day(0));
        assertThat(flagged.getUpdatedAt().toEpochMilli()).isEqualTo(Scene.day(1));
        assertThat(flagged.getDistanceSquared()).isEqualTo(4);
        scene.flaggedAt(2, 2, 0);
        assertThat(scene.out.memberships).hasSize(2);
        scene.at(3, 2, 0);
        assertThat(scene.out.lastMembership().getFlagged()).isFalse();
    }

    @Test
    void membership_flagFlipsWithAMove_isToldOnce() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).flaggedAt(1, 9, 0);

        assertThat(scene.out.memberships).hasSize(2);
        assertThat(scene.out.lastMembership().getFlagged()).isTrue();
    }

    @Test
    void coverage_isClampedToAShare() {
        assertThat(coverageOfFirstAt(10, Duration.ofDays(5))).isEqualTo(1);
        assertThat(coverageOfFirstAt(1, Duration.ofDays(5))).isEqualTo(0.2);
        assertThat(coverageOfFirstAt(0, Duration.ZERO)).isEqualTo(1);
        assertThat(coverageOfFirstAt(-1, Duration.ofDays(5))).isEqualTo(0);
    }

    @Test
    void changeId_separatorsInUserIds_neverCollide() {
        assertThat(AssignRecords.changeId("a/1", 2, 3))
                .isNotEqualTo(AssignRecords.changeId("a", 1, 2))
                .isEqualTo("a/1/2/3");
        assertThat(AssignRecords.changeId("a", -1, 2)).isEqualTo("a/-1/2");
    }

    private static double coverageOfFirstAt(double day, Duration largestWindow) {
        Scene scene = new Scene(new AssignOptions(AT_ONCE, Long.MIN_VALUE, largestWindow));
        scene.with(Scene.baseModel(1).effectiveFrom(0)).lifeAt(0, day, 1, 0);
        return scene.out.lastMembership().getCoverage();
    }
}
