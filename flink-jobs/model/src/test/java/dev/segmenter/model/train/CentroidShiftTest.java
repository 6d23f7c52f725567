// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.Models;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import org.junit.jupiter.api.Test;

class CentroidShiftTest {
    private static final double[] ZERO = {0, 0};
    private static final double[] SIGMA = {2, 1};

    private static CentroidSnapshot model(double[]... centroids) {
        return Models.plain("euclidean", ZERO, SIGMA, centroids);
    }

    @Test
    void between_moves_areInSpreadsOfTheFrameWeightedByVotes() {
        CentroidSnapshot before = model(new double[] {0, 0}, new double[] {10, 0});
        CentroidSnapshot after = model(new double[] {4, 0}, new double[] {10, 3});
        Centroid heavy = after.getCentroids().get(0);
        heavy.setWeight(3);
        heavy.setSpread(0.5);

        // 4 / sigma 2 / spread 0.5 = 4 with weight 3; 3 / 1 / 1 = 3 with weight 1.
        assertThat(CentroidShift.between(before, after).orElseThrow())
                .isCloseTo(Math.sqrt((3 * 16 + 9) / 4.0), within(1e-12));
        assertThat(CentroidShift.between(before, before)).hasValue(0);
    }

    @Test
    void between_nothingInCommon_isEmpty() {
        CentroidSnapshot before = model(new double[] {0, 0});
        CentroidSnapshot after = model(new double[] {1, 0});
        after.getCentroids().get(0).setSegmentId(9);
        assertThat(CentroidShift.between(before, after)).isEmpty();
        assertThat(CentroidShift.between(null, after)).isEmpty();

        CentroidSnapshot others = model(new double[] {0, 0});
        others.setFingerprint(8);
        assertThat(CentroidShift.between(before, others)).isEmpty();
    }
}
