// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import java.util.List;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class ModelImportTest {
    private static final FeatureSet TWO = Votes.features("x", "y");
    private final TrainerOptions options = Votes.options(3);

    @Test
    void of_centroidsWithWeights_takesTheirWeightedMeanAndSigma() {
        CentroidSnapshot snapshot =
                ModelImport.of(
                        new DenseVector[] {Vectors.dense(0, 5), Vectors.dense(4, 5)},
                        Vectors.dense(3, 1),
                        TWO,
                        options);

        assertThat(snapshot.getMean()).containsExactly(1.0, 5.0);
        assertThat(snapshot.getSigma()).containsExactly(Math.sqrt(3), 0.0);
        assertThat(snapshot.getNextSegmentId()).isEqualTo(3);
        assertThat(CentroidModel.of(snapshot).size()).isEqualTo(2);
        assertThat(snapshot.getCentroids()).extracting("label").doesNotHaveDuplicates();
    }

    @Test
    void startFrom_importedModel_isVersionOneAndGoesOnTraining() {
        Trainer trainer = new Trainer(TWO, options);
        CentroidSnapshot first =
                trainer.startFrom(
                        ModelImport.of(
                                new DenseVector[] {Vectors.dense(0, 0), Vectors.dense(9, 9)},
                                Vectors.dense(1, 1),
                                TWO,
                                options));
        for (int user = 0; user < 50; user++) {
            double at = user % 2 == 0 ? 1 : 8;
            trainer.onVote(vote(TWO, user, START + 1 + user, at, at));
        }
        List<CentroidSnapshot> later = trainer.advanceTo(START + 2 * DAY);

        assertThat(first.getVersion()).isEqualTo(1);
        assertThat(later).isNotEmpty();
        CentroidSnapshot last = later.get(later.size() - 1);
        assertThat(last.getLineage()).allMatch(entry -> entry.getFate() == Fate.SURVIVED);
        assertThat(last.getCentroids().get(0).getVector().get(0)).isBetween(0.5, 1.0);
        assertThat(last.getCentroids().get(1).getVector().get(0)).isBetween(8.0, 8.5);
    }

    @Test
    void of_modelThatDoesNotFit_isRefusedWithTheReason() {
        DenseVector[] one = {Vectors.dense(1, 2, 3)};

        assertThatThrownBy(() -> ModelImport.of(one, Vectors.dense(1), TWO, options))
                .hasMessageContaining("model.initial")
                .hasMessageContaining("2 clustered features");
        assertThatThrownBy(() -> ModelImport.of(new DenseVector[0], Vectors.dense(), TWO, options))
                .hasMessageContaining("0 centroids");
        assertThatThrownBy(
                        () ->
                                ModelImport.of(
                                        new DenseVector[] {Vectors.dense(1, Double.NaN)},
                                        Vectors.dense(1),
                                        TWO,
                                        options))
                .hasMessageContaining("not finite");
    }
}
