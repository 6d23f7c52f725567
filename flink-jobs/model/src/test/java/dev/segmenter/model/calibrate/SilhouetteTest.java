// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SilhouetteTest {
    @Test
    void of_twoPairsOnALine_hasTheValueOfPaper() {
        double outer = (5.5 - 1) / 5.5;
        double inner = (4.5 - 1) / 4.5;

        double found = Silhouette.of(new double[] {0, 1, 5, 6}, new int[] {7, 7, 3, 3}, 1);

        assertThat(found).isCloseTo((2 * outer + 2 * inner) / 4, within(1e-15));
    }

    @Test
    void of_wronglyGroupedPoints_isNegative() {
        // Point 0: a = 5, b = (1 + 6) / 2; the others by symmetry and the same arithmetic.
        double zero = (3.5 - 5) / 5;
        double five = (2.5 - 5) / 5;

        double found = Silhouette.of(new double[] {0, 1, 5, 6}, new int[] {1, 2, 1, 2}, 1);

        assertThat(found).isCloseTo((2 * zero + 2 * five) / 4, within(1e-15));
    }

    @Test
    void of_pointAloneInItsCluster_countsAsZero() {
        double pair = ((10 - 1) / 10.0 + (9 - 1) / 9.0) / 3;

        assertThat(Silhouette.of(new double[] {0, 1, 10}, new int[] {0, 0, 1}, 1))
                .isCloseTo(pair, within(1e-15));
    }

    @Test
    void of_oneCluster_isZero() {
        assertThat(Silhouette.of(new double[] {0, 1, 10}, new int[3], 1)).isZero();
    }
}
