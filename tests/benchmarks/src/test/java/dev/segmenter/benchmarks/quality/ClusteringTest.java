// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.calibrate.AdjustedRandIndex;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusteringTest {
    @Test
    void clustering_ofPointsOnALine_hasTheValuesOfPaper() {
        double[] points = {0, 2, 9, 11};
        Clustering clustering = new Clustering(points, new double[] {1, 11}, 1);

        assertThat(clustering.labels()).containsExactly(0, 0, 1, 1);
        assertThat(clustering.sse()).isEqualTo(1 + 1 + 4 + 0);
        double silhouette = (10.0 / 11 + 8.0 / 9 + 6.0 / 8 + 1) / 4;
        assertThat(clustering.silhouette()).isCloseTo(silhouette, within(1e-15));
    }

    @Test
    void commonsMath_onSeparateBlobs_findsThem() {
        Random random = new Random(3);
        double[] points = new double[2 * 300];
        int[] truth = new int[300];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i % 3;
            points[2 * i] = 10 * truth[i] + random.nextGaussian();
            points[2 * i + 1] = random.nextGaussian();
        }

        Clustering found = CommonsMathKMeans.fit(points, 2, 3, 5, 1);

        assertThat(AdjustedRandIndex.of(found.labels(), truth)).isEqualTo(1);
    }
}
