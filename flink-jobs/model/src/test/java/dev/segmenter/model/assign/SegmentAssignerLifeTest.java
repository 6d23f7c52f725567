// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beginnings and ends: first segments, exits, erasures, lives, backfill, changed features. */
class SegmentAssignerLifeTest {
    private static final Guards AT_ONCE = new Guards(0.10, Duration.ZERO, Duration.ZERO);
    private static final Guards STAY = new Guards(0.10, Duration.ofDays(2), Duration.ZERO);

    @Test
    void noModel_vectorWaits_firstAtTheNextUpdate() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1).effectiveFrom(Scene.day(2)));

        scene.at(0, 1, 0).at(1, 1, 0);
        assertThat(scene.out.all).isEmpty();
        scene.at(3, 1, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(3));
    }

    @Test
    void cosine_allZeroVector_isNotDecided() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(
                                Scene.model(1)
                                        .cosine()
                                        .centroid(1, "one", 1, 0)
                                        .centroid(2, "two", 0, 1));

        scene.at(0, 0, 0);
        assertThat(scene.out.all).isEmpty();
        scene.at(1, 0, 3).at(2, 0, 0).timerAt(9);

        assertThat(scene.out.changes).hasSize(1);
        assertThat(scene.state.segmentId()).isEqualTo(2);
    }

    @Test
    void updateBehindAGuardsEnd_isDecidedAtThatEnd() {
        Scene scene = new Scene(STAY).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 6, 0).timerAt(2);

        scene.flaggedAt(1.5, 6, 0);

        assertThat(scene.out.lastMembership().getUpdatedAt().toEpochMilli())
                .isEqualTo(Scene.day(2));
    }

    @Test
    void expiry_inASegment_leavesItByAChangeAndATombstone() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).expiryAt(90);

        SegmentChange expected =
                SegmentChange.newBuilder()
                        .setChangeId("u/" + Scene.START + "/2")
                        .setUserId("u")
                        .setIncarnation(Instant.ofEpochMilli(Scene.START))
                        .setSequence(2)
                        .setEventTime(Instant.ofEpochMilli(Scene.day(90)))
                        .setPreviousSegmentId(1)
                        .setPreviousSegmentLabel("one")
                        .setCause(Cause.EXPIRY)
                        .setModelVersion(1L)
                        .setModelId("model-1")
                        .setPreviousDistanceSquared(1.0)
                        .build();
        assertThat(scene.out.lastChange()).isEqualTo(expected);
        assertThat(scene.out.all).endsWith(expected, "left u");
        assertThat(scene.state).isNull();
    }

    @Test
    void expiry_withoutASegment_leavesOnlyATombstone() {
        Scene scene = new Scene(AT_ONCE).at(0, 1, 0).expiryAt(90);

        assertThat(scene.out.all).containsExactly("left u");
    }

    @Test
    void expiry_afterAGuardsEnd_leavesTheSegmentEnteredThere() {
        Scene scene = new Scene(STAY).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 6, 0).expiryAt(90);

        assertThat(scene.out.changes).hasSize(3);
        assertThat(scene.out.lastChange().getPreviousSegmentId()).isEqualTo(2);
        assertThat(scene.out.lastChange().getSequence()).isEqualTo(3);
    }

    @Test
    void expiry_fromADeadSegment_isNamedWithoutADistance() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1))
                        .with(Scene.model(2).effectiveFrom(Scene.day(1)).centroid(2, "two", 10, 0));

        scene.at(0, 1, 0).expiryAt(90);

        assertThat(scene.out.lastChange().getPreviousSegmentLabel()).isEqualTo("one");
        assertThat(scene.out.lastChange().getModelVersion()).isEqualTo(2);
        assertThat(scene.out.lastChange().getPreviousDistanceSquared()).isNull();
    }

    @Test
    void erasure_inASegment_isAChangeNeverBeforeTheLastMoment() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).at(3, 1, 0);

        scene.erasureAt(1);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.ERASURE);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(3));
        assertThat(scene.out.left).containsExactly("u");
        assertThat(scene.state).isNull();
    }

    @Test
    void erasure_unknownUser_leavesOnlyATombstone() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).erasureAt(1);

        assertThat(scene.out.all).containsExactly("left u");
    }

    @Test
    void newLife_afterExpiry_countsFromOneAgain() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).expiryAt(90);

        scene.lifeAt(Scene.day(95), 95, 9, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.out.lastChange().getSequence()).isEqualTo(1);
        assertThat(scene.out.lastChange().getIncarnation().toEpochMilli()).isEqualTo(Scene.day(95));
    }

    @Test
    void newLife_withoutAnEndOfTheFormer_startsAfresh_andTheFormerIsIgnored() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);

        scene.lifeAt(Scene.day(5), 5, 9, 0).at(6, 1, 0).expiryAt(7);

        assertThat(scene.out.changes).hasSize(2);
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.state.segmentId()).isEqualTo(2);
        assertThat(scene.out.left).isEmpty();
    }

    @Test
    void backfill_writesMembershipsOnly_thenSequenceStartsAtOne() {
        Scene scene = new Scene(new AssignOptions(AT_ONCE, Scene.day(2), Duration.ofDays(10)));
        scene.with(Scene.baseModel(1)).at(0, 1, 0).at(1, 9, 0);

        assertThat(scene.out.changes).isEmpty();
        assertThat(scene.out.memberships).extracting(m -> m.getSequence()).containsExactly(0L, 0L);
        scene.at(2, 0, 9);

        assertThat(scene.out.lastChange().getSequence()).isEqualTo(1);
        assertThat(scene.out.lastChange().getPreviousSegmentId()).isEqualTo(2);
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
        assertThat(scene.out.lastMembership().getSequence()).isEqualTo(1);
    }

    @Test
    void backfill_expiry_leavesOnlyATombstone() {
        Scene scene = new Scene(new AssignOptions(AT_ONCE, Scene.day(99), Duration.ofDays(10)));

        scene.with(Scene.baseModel(1)).at(0, 1, 0).expiryAt(90);

        assertThat(scene.out.changes).isEmpty();
        assertThat(scene.out.left).containsExactly("u");
    }

    @Test
    void atEnd_noSegmentYet_isFirstByTheNewestModel() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1).effectiveFrom(Scene.day(9)));
        scene.at(0, 1, 0);

        scene.assigner.atEnd(scene.state, "u", Scene.day(4), scene.models, scene.out);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(4));
        assertThat(scene.out.lastMembership().getSegmentId()).isEqualTo(1);
    }

    @Test
    void atEnd_effectiveModelAtHand_decidesBeforeANewerOne() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1).effectiveFrom(Scene.day(2)))
                        .with(Scene.baseModel(2).effectiveFrom(Scene.day(9)));
        scene.at(0, 1, 0);

        scene.assigner.atEnd(scene.state, "u", Scene.day(4), scene.models, scene.out);

        assertThat(scene.out.lastChange().getModelVersion()).isEqualTo(1);
    }

    @Test
    void atEnd_inASegment_onlyWorksOffDueGuards() {
        Scene scene = new Scene(STAY).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 6, 0);

        scene.assigner.atEnd(scene.state, "u", Scene.day(1.5), scene.models, scene.out);
        assertThat(scene.out.changes).hasSize(1);
        scene.assigner.atEnd(scene.state, "u", Scene.day(3), scene.models, scene.out);

        assertThat(scene.out.changes).hasSize(2);
    }

    @Test
    void atEnd_noModelEver_saysNothing() {
        Scene scene = new Scene(AT_ONCE).at(0, 1, 0);

        scene.assigner.atEnd(scene.state, "u", Scene.day(4), scene.models, scene.out);

        assertThat(scene.out.all).isEmpty();
    }

    @Test
    void featuresChanged_storedVectorIsVoid_untilTheNextUpdate() {
        Scene former = new Scene(STAY).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 6, 0);
        WiderScene wider = new WiderScene(former.state);

        wider.assigner.onTimer(wider.state, "u", Scene.day(9), former.models, wider.out);

        assertThat(wider.out.all).isEmpty();
        assertThat(wider.assigner.nextMoment(wider.state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void featuresChanged_modelOfTheFormerSet_decidesNothing_butTheVectorIsKept() {
        Scene former = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);
        WiderScene wider = new WiderScene(former.state);
        wider.models.add(Scene.baseModel(1).build());

        wider.at(1, 9, 0, 0);
        assertThat(wider.out.all).isEmpty();
        wider.models.add(wider.model(2, Scene.day(2)));
        wider.at(2, 9, 0, 0);

        SegmentChange change = wider.out.lastChange();
        assertThat(change.getCause()).isEqualTo(Cause.MODEL);
        assertThat(change.getSegmentId()).isEqualTo(2);
        assertThat(change.getContributions()).hasSize(3);
        assertThat(change.getContributions().get(0).getPreviousValue())
                .as("first value told in the new features")
                .isEqualTo(9);
    }

    @Test
    void featuresChanged_onceDecided_laterMovesAreTheUsersOwn() {
        Scene former = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);
        WiderScene wider = new WiderScene(former.state);
        wider.models.add(wider.model(2, Scene.day(1)));
        wider.models.add(wider.model(3, Scene.day(2)));

        wider.at(1, 1, 0, 0);
        wider.at(2, 9, 0, 0);

        assertThat(wider.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void featuresChanged_andBackUnderTheSameModel_isNotTheModelsDoing() {
        Scene former = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);
        WiderScene wider = new WiderScene(former.state);
        wider.at(1, 1, 0, 0);

        former.at(2, 9, 0);

        assertThat(former.out.lastChange().getSegmentId()).isEqualTo(2);
        assertThat(former.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void featuresChanged_expiry_isToldWithoutADistance() {
        Scene former = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);
        WiderScene wider = new WiderScene(former.state);
        wider.models.add(Scene.baseModel(1).build());

        wider.update(UserUpdate.Kind.EXPIRY, 90);

        assertThat(wider.out.lastChange().getPreviousSegmentLabel()).isEqualTo("one");
        assertThat(wider.out.lastChange().getPreviousDistanceSquared()).isNull();
    }

    @Test
    void updateOfFormerFeatures_isNotRead() {
        Scene former = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);
        WiderScene wider = new WiderScene(former.state);
        wider.models.add(wider.model(2, Scene.START));
        UserUpdate late =
                new UserUpdate(
                        UserUpdate.Kind.VECTOR,
                        "u",
                        Scene.START,
                        Scene.day(1),
                        Scene.PLANE.fingerprint(),
                        false,
                        new double[] {9, 99, 0});

        wider.state = wider.assigner.onUpdate(wider.state, late, wider.models, wider.out);

        assertThat(wider.out.all).isEmpty();
        assertThat(wider.state.lastTime()).isEqualTo(Scene.day(1));
    }

    /** The plane's user after a restart with a third feature z. */
    private static final class WiderScene {
        private static final FeatureSet SPACE =
                FeatureSet.of(
                        List.of(
                                Scene.feature("x", true),
                                Scene.feature("y", true),
                                Scene.feature("z", true)));
        private final ModelTimeline models = new ModelTimeline();
        private final Recorder out = new Recorder();
        private final SegmentAssigner assigner =
                new SegmentAssigner(
                        SPACE, new AssignOptions(AT_ONCE, Long.MIN_VALUE, Duration.ofDays(10)));
        private UserSegment state;

        WiderScene(UserSegment state) {
            this.state = state;
        }

        CentroidModel model(long version, long effectiveFrom) {
            return new ModelBuilder(SPACE, version)
                    .effectiveFrom(effectiveFrom)
                    .centroid(1, "one", 0, 0, 5)
                    .centroid(2, "two", 10, 0, 5)
                    .build();
        }

        void at(double day, double... values) {
            update(UserUpdate.Kind.VECTOR, day, values);
        }

        void update(UserUpdate.Kind kind, double day, double... values) {
            UserUpdate update =
                    new UserUpdate(
                            kind,
                            "u",
                            Scene.START,
                            Scene.day(day),
                            SPACE.fingerprint(),
                            false,
                            values);
            state = assigner.onUpdate(state, update, models, out);
        }
    }
}
