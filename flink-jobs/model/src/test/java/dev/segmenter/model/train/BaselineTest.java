// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineTest {
    @Test
    void with_manyValues_isTheirWeightedMeanAndDeviation() {
        Random random = new Random(1);
        double[] values = random.doubles(60, 3, 9).toArray();
        Baseline baseline = Baseline.NONE;
        for (double value : values) {
            baseline = baseline.with(value, 0.95);
        }

        double weights = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double weight = Math.pow(0.95, values.length - 1 - i);
            weights += weight;
            sum += weight * values[i];
            squares += weight * values[i] * values[i];
        }
        double mean = sum / weights;
        assertThat(baseline.mean()).isCloseTo(mean, within(1e-12));
        assertThat(baseline.weight()).isCloseTo(weights, within(1e-12));
        assertThat(baseline.deviation())
                .isCloseTo(Math.sqrt(squares / weights - mean * mean), within(1e-9));
        assertThat(baseline.movedTo(2 * mean).deviation())
                .isCloseTo(2 * baseline.deviation(), within(1e-9));
    }

    @Test
    void deviationsOf_constantSeries_countsInHundredthsOfItAndIsCutOff() {
        Baseline baseline = Baseline.NONE.with(4, 1).with(4, 1);

        assertThat(baseline.deviationsOf(4, 8)).isZero();
        assertThat(baseline.deviationsOf(4.08, 8)).isCloseTo(2, within(1e-9));
        assertThat(baseline.deviationsOf(400, 8)).isEqualTo(8);
        assertThat(Baseline.NONE.with(0, 1).deviationsOf(1, 8)).isEqualTo(8);
    }
}
