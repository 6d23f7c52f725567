// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void squared_eachDimension_usesItsOwnRange() {
        for (int d = 1; d < 20; d++) {
            double[] a = new double[d + 2];
            double[] b = new double[d + 3];
            double expected = 0;
            for (int i = 0; i < d; i++) {
                a[1 + i] = i + 1;
                expected += (i + 1) * (i + 1);
            }
            a[0] = 99;
            a[d + 1] = 99;

            assertThat(Distances.squared(a, 1, b, 2, d)).isEqualTo(expected);
        }
    }

    @Test
    void nearest_equals_theLowestWins() {
        double[] rows = {5, 1, 3, 1, 3};

        assertThat(Distances.nearest(new double[] {2}, 0, rows, 5, 1)).isEqualTo(1);
    }
}
