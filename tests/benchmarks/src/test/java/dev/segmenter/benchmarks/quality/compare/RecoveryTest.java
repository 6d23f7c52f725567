// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    @Test
    void halfLives_ofForgettingAlone_areThoseOfTheFormula() {
        // Half of the clusters are off by 4 deviations in each feature, and the gap halves each
        // half-life.
        double[] ratios = new double[121];
        Arrays.setAll(ratios, step -> 1 + 0.5 * 16 * Math.pow(4, -step / 20.0));

        double exact = Math.log(0.5 * 16 / 0.05) / Math.log(4);

        assertThat(Recovery.halfLives(ratios, 0, ratios.length, 20))
                .isEqualTo(Math.ceil(exact * 20) / 20)
                .isEqualTo(3.7);
    }

    @Test
    void halfLives_afterARelapse_countToTheLastRecovery() {
        double[] ratios = {1, 9, 1.04, 1.06, 1.05, 1.01, 7};

        assertThat(Recovery.halfLives(ratios, 1, 6, 2)).isEqualTo(1.5);
    }

    @Test
    void halfLives_ofAModelThatNeverLeftTheLimit_areZero() {
        assertThat(Recovery.halfLives(new double[] {2, 1, 1}, 1, 3, 2)).isZero();
    }

    @Test
    void halfLives_withoutRecovery_areInfinite() {
        assertThat(Recovery.halfLives(new double[] {1, 1, 1.06}, 0, 3, 2)).isInfinite();
    }
}
