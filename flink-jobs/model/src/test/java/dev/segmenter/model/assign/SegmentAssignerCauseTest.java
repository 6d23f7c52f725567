// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why a move happened. The new model of these tests puts 2 at (4, 0), so that (3, 0) is nearer to it. */
class SegmentAssignerCauseTest {
    private static final Guards AT_ONCE = new Guards(0.10, Duration.ZERO, Duration.ZERO);
    private static final Guards CONFIRMED = new Guards(0.10, Duration.ZERO, Duration.ofDays(1));

    @Test
    void firstSegment_isFirst() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.FIRST);
    }

    @Test
    void sameModel_isBehaviour() {
        Scene scene = new Scene(AT_ONCE).with(Scene.baseModel(1)).at(0, 1, 0).at(1, 6, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void newModel_sameVector_isModel() {
        assertThat(causeOf(AT_ONCE, 3, 3)).isEqualTo(Cause.MODEL);
    }

    @Test
    void newModel_vectorBeforeWouldHaveStayed_isBehaviour() {
        assertThat(causeOf(AT_ONCE, 1, 3)).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void newModel_vectorBeforeAlreadyElsewhere_isModel_thoughTheUserMovedToo() {
        assertThat(causeOf(AT_ONCE, 3, 9)).isEqualTo(Cause.MODEL);
    }

    @Test
    void candidateOfTheModel_committedAfterTheUserMoved_staysModel() {
        Scene scene = withNewModel(CONFIRMED).at(-1, 3, 0).at(1, 3, 0).at(1.5, 4, 0).timerAt(9);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.MODEL);
    }

    @Test
    void candidateOfBehaviour_committedUnderANewModel_staysBehaviour() {
        Scene scene = withNewModel(CONFIRMED).at(-1, 1, 0).at(0.5, 6, 0).timerAt(9);

        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(1.5));
        assertThat(scene.out.lastChange().getModelVersion()).isEqualTo(2);
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void candidateDead_replacedUnderTheNewModel_isModel() {
        Scene scene =
                new Scene(CONFIRMED)
                        .with(Scene.baseModel(1))
                        .with(
                                Scene.model(2)
                                        .effectiveFrom(Scene.day(1))
                                        .centroid(1, "one", 0, 0)
                                        .centroid(4, "four", 7, 0));

        scene.at(-1, 1, 0).at(0.5, 6, 0).at(1, 6, 0).timerAt(9);

        assertThat(scene.out.lastChange().getSegmentId()).isEqualTo(4);
        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(2));
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.MODEL);
    }

    @Test
    void segmentDead_isModel() {
        Scene scene =
                new Scene(AT_ONCE)
                        .with(Scene.baseModel(1))
                        .with(Scene.model(2).effectiveFrom(Scene.day(1)).centroid(2, "two", 10, 0));

        scene.at(0, 1, 0).at(1, 9, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.MODEL);
    }

    @Test
    void segmentDead_whileABehaviourCandidateWaits_isBehaviour() {
        Scene scene =
                new Scene(new Guards(0.10, Duration.ofDays(5), Duration.ZERO))
                        .with(Scene.baseModel(1))
                        .with(Scene.model(2).effectiveFrom(Scene.day(1)).centroid(2, "two", 10, 0));

        scene.at(0, 1, 0).at(0.5, 9, 0).at(1, 9, 0);

        assertThat(scene.out.lastChange().getEventTime().toEpochMilli()).isEqualTo(Scene.day(1));
        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    @Test
    void newModelSeenBefore_laterMove_isBehaviour() {
        Scene scene = withNewModel(AT_ONCE).at(0, 1, 0).at(1, 1, 0).at(2, 3, 0);

        assertThat(scene.out.lastChange().getCause()).isEqualTo(Cause.BEHAVIOUR);
    }

    private static Cause causeOf(Guards guards, double xBefore, double xAfter) {
        Scene scene = withNewModel(guards).at(0, xBefore, 0).at(1, xAfter, 0);
        assertThat(scene.state.segmentId()).isEqualTo(2);
        return scene.out.lastChange().getCause();
    }

    private static Scene withNewModel(Guards guards) {
        return new Scene(guards)
                .with(Scene.baseModel(1))
                .with(
                        Scene.model(2)
                                .effectiveFrom(Scene.day(1))
                                .centroid(1, "one", 0, 0)
                                .centroid(2, "two", 4, 0));
    }
}
