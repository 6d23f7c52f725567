// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleFitTest {
    private static final double[][] CENTRES = {{0, 0}, {20, 0}, {0, 20}};
    private static final TrainerOptions OPTIONS = Votes.options(3);
    private static final long NOW = Votes.START + 5 * Votes.DAY;

    private final List<Vote> votes = Votes.around(CENTRES, Votes.TWO, 300, 1, 1);
    private final SampleFit fit = SampleFit.of(votes, Votes.TWO, OPTIONS);

    @Test
    void snapshot_firstOfItsModel_isOneThatATrainerStartsFrom() {
        CentroidSnapshot snapshot = snapshot(fit, 3, Optional.empty());

        assertThat(snapshot.getVersion()).isEqualTo(1);
        assertThat(snapshot.getParentId()).isNull();
        assertThat(ids(snapshot)).containsExactly(1, 2, 3);
        assertThat(snapshot.getNextSegmentId()).isEqualTo(4);
        assertThat(snapshot.getFingerprint()).isEqualTo(Votes.TWO.fingerprint());
        assertThat(snapshot.getCreatedAt().toEpochMilli()).isEqualTo(NOW);
        assertThat(snapshot.getCentroids()).extracting(Centroid::getLabel).doesNotHaveDuplicates();
        assertThat(snapshot.getCentroids().stream().mapToDouble(Centroid::getWeight).sum())
                .isEqualTo(300);
        Trainer trainer = new Trainer(Votes.TWO, OPTIONS);
        assertThatCode(() -> trainer.startFrom(snapshot)).doesNotThrowAnyException();
        assertThat(trainer.current().orElseThrow().getVersion()).isEqualTo(2);
    }

    @Test
    void snapshot_ofARunningModel_keepsIdsAndLabelsOfWhatContinues() {
        CentroidSnapshot running = snapshot(fit, 3, Optional.empty());
        List<Vote> later = Votes.around(CENTRES, Votes.TWO, 300, 1, 2);

        CentroidSnapshot next =
                snapshot(SampleFit.of(later, Votes.TWO, OPTIONS), 3, Optional.of(running));

        assertThat(next.getVersion()).isEqualTo(2);
        assertThat(next.getParentId()).isEqualTo(running.getModelId());
        assertThat(ids(next)).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(next.getNextSegmentId()).isEqualTo(4);
        assertThat(next.getLineage()).extracting(Lineage::getFate).containsOnly(Fate.SURVIVED);
        for (Centroid centroid : next.getCentroids()) {
            Centroid before = byId(running, centroid.getSegmentId());
            assertThat(centroid.getLabel()).isEqualTo(before.getLabel());
            assertThat(
                            Math.hypot(
                                    centroid.getVector().get(0) - before.getVector().get(0),
                                    centroid.getVector().get(1) - before.getVector().get(1)))
                    .isLessThan(1);
        }
    }

    @Test
    void snapshot_withFewerSegments_saysWhichDied() {
        CentroidSnapshot running = snapshot(fit, 3, Optional.empty());

        CentroidSnapshot next = snapshot(fit, 2, Optional.of(running));

        assertThat(next.getLineage()).extracting(Lineage::getFate).contains(Fate.DIED);
        assertThat(next.getNextSegmentId()).isGreaterThanOrEqualTo(4);
        assertThat(next.getCentroids()).hasSize(2);
    }

    @Test
    void snapshot_ofOtherFeatures_continuesTheVersionUnderNewIds() {
        CentroidSnapshot running = snapshot(fit, 3, Optional.empty());
        running.setFingerprint(running.getFingerprint() + 1);

        CentroidSnapshot next = snapshot(fit, 3, Optional.of(running));

        assertThat(next.getVersion()).isEqualTo(2);
        assertThat(ids(next)).containsExactly(4, 5, 6);
    }

    @Test
    void points_andFrame_areThoseOfTheTrainersFit() {
        OnlineKMeans trained = ModelFit.fit(votes, Votes.TWO, OPTIONS, new Random(1)).orElseThrow();

        assertThat(fit.frame().sigma()).isEqualTo(trained.frame().sigma());
        assertThat(fit.points()).hasSize(600);
    }

    private static CentroidSnapshot snapshot(
            SampleFit fit, int k, Optional<CentroidSnapshot> running) {
        double[] rows = new KMeans(fit.points(), 2, false).fit(k, 10, new Random(4));
        return fit.snapshot(
                rows, SegmentLabels.NONE, new SampleFit.Origin(NOW, Votes.START, running));
    }

    private static List<Integer> ids(CentroidSnapshot snapshot) {
        return snapshot.getCentroids().stream().map(Centroid::getSegmentId).toList();
    }

    private static Centroid byId(CentroidSnapshot snapshot, int id) {
        return snapshot.getCentroids().stream()
                .filter(c -> c.getSegmentId() == id)
                .findFirst()
                .orElseThrow();
    }
}
