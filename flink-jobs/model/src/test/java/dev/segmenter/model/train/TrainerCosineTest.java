// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.HOUR;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TrainerCosineTest {
    private static final TrainerOptions EUCLIDEAN = Votes.options(2);

    private final Trainer trainer =
            new Trainer(
                    TWO,
                    new TrainerOptions(
                            "test",
                            2,
                            "cosine",
                            EUCLIDEAN.voteInterval(),
                            EUCLIDEAN.batchInterval(),
                            EUCLIDEAN.snapshotInterval(),
                            EUCLIDEAN.halfLife(),
                            EUCLIDEAN.warmUp(),
                            EUCLIDEAN.activationDelay(),
                            5000,
                            100_000,
                            20,
                            0.2,
                            1));

    /** Half of the users do x and some y, half y and some x, each to its own extent. */
    private CentroidSnapshot twoDirections() {
        Random random = new Random(6);
        for (int user = 0; user < 600; user++) {
            double extent = 1 + 50 * random.nextDouble();
            double other = extent * 0.1 * random.nextDouble();
            boolean x = user % 2 == 0;
            trainer.onVote(
                    vote(TWO, user, START + 1 + user, x ? extent : other, x ? other : extent));
        }
        return trainer.finish(START + HOUR).orElseThrow();
    }

    @Test
    void finish_directionsAtAnyLength_areTheSegments() {
        CentroidModel model = CentroidModel.of(twoDirections());
        double[] framed = new double[2];

        assertThat(model.size()).isEqualTo(2);
        model.toFrame(new double[] {0.3, 0.01}, framed);
        int x = model.nearest(framed);
        model.toFrame(new double[] {40, 2}, framed);
        assertThat(model.nearest(framed)).isEqualTo(x);
        model.toFrame(new double[] {0.01, 0.3}, framed);
        assertThat(model.nearest(framed)).isNotEqualTo(x);
    }

    @Test
    void finish_centroid_pointsWhereTheMeanOfItsUnitVectorsPoints() {
        CentroidSnapshot snapshot = twoDirections();
        CentroidModel model = CentroidModel.of(snapshot);
        Random random = new Random(6);
        double[][] sums = new double[2][2];
        double[] framed = new double[2];
        for (int user = 0; user < 600; user++) {
            double extent = 1 + 50 * random.nextDouble();
            double other = extent * 0.1 * random.nextDouble();
            boolean x = user % 2 == 0;
            model.toFrame(new double[] {x ? extent : other, x ? other : extent}, framed);
            int slot = model.nearest(framed);
            sums[slot][0] += framed[0];
            sums[slot][1] += framed[1];
        }

        for (int slot = 0; slot < 2; slot++) {
            double length = Math.hypot(sums[slot][0], sums[slot][1]);
            for (int i = 0; i < 2; i++) {
                assertThat(model.scaledCentroid(slot, i))
                        .isCloseTo(sums[slot][i] / length, within(1e-12));
            }
        }
    }

    @Test
    void advanceTo_allZeroVote_isRefusedAndCounted() {
        CentroidSnapshot before = twoDirections();
        long boundary = START + 6 * HOUR;
        trainer.onVote(vote(TWO, 9001, boundary, 0, 0));

        assertThat(trainer.advanceTo(boundary)).isEmpty();
        assertThat(trainer.refusedVotes()).isEqualTo(1);
        trainer.onVote(vote(TWO, 9002, boundary + 6 * HOUR, 5, 0));
        CentroidSnapshot after = trainer.advanceTo(boundary + 6 * HOUR).get(0);
        assertThat(after.getQuality().getVotes()).isEqualTo(1);
        assertThat(weights(after)).isCloseTo(weights(before) + 1, within(2.0));
    }

    private static double weights(CentroidSnapshot snapshot) {
        return snapshot.getCentroids().stream()
                .flatMapToDouble(c -> DoubleStream.of(c.getWeight()))
                .sum();
    }

    @Test
    void finish_onlyZeroVotes_givesNoModel() {
        trainer.onVote(vote(TWO, 1, START + 1, 0, 0));

        assertThat(trainer.finish(START + HOUR)).isEmpty();
    }
}
