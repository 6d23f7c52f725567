// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Models;
import org.junit.jupiter.api.Test;

class SampleQualityTest {
    private static final double[] ZERO = {0, 0};
    private static final double[] ONE = {1, 1};

    private final VoteSample sample = new VoteSample(100);
    private final SampleQuality quality = new SampleQuality(sample, TWO);

    private static CentroidModel model(double[]... centroids) {
        return CentroidModel.of(Models.plain("euclidean", ZERO, ONE, centroids));
    }

    @Test
    void relabelled_boundaryMoves_countsTheVotesItPassed() {
        for (int user = 0; user < 8; user++) {
            sample.add(vote(TWO, user, START, user, 0));
        }
        CentroidModel before = model(new double[] {0, 0}, new double[] {5, 0});
        CentroidModel after = model(new double[] {0, 0}, new double[] {7.5, 0});

        // The boundary moves from 2.5 to 3.75: past the vote at 3.
        assertThat(quality.relabelled(before, after)).isEqualTo(1 / 8.0);
        assertThat(quality.relabelled(before, before)).isZero();
    }
}
