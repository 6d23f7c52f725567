// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayedMeansTest {
    @Test
    void fold_manyBatches_equalsTheWeightedSumOverAllValues() {
        Random random = new Random(1);
        double decay = 0.9;
        int batches = 60;
        DecayedMeans means = new DecayedMeans(1, 1);
        PopulationMoments moments = new PopulationMoments(1);
        List<double[]> history = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            double[] values = random.doubles(random.nextInt(5) + 1, 1e6, 1e6 + 10).toArray();
            for (double value : values) {
                means.add(0, 0, value, 1);
                moments.add(new double[] {value});
            }
            means.fold(decay);
            moments.fold(decay);
            history.add(values);
        }

        double weight = 0;
        double first = 0;
        double second = 0;
        for (int b = 0; b < batches; b++) {
            double w = StrictMath.pow(decay, batches - 1.0 - b);
            for (double value : history.get(b)) {
                weight += w;
                first += w * (value - 1e6);
                second += w * (value - 1e6) * (value - 1e6);
            }
        }
        double mean = first / weight;
        assertThat(means.weight(0, 0)).isCloseTo(weight, within(1e-9));
        assertThat(means.mean(0, 0)).isCloseTo(1e6 + mean, within(1e-8));
        assertThat(moments.mean(0)).isCloseTo(1e6 + mean, within(1e-8));
        assertThat(moments.variance(0)).isCloseTo(second / weight - mean * mean, within(1e-8));
    }

    @Test
    void fold_withoutValues_keepsTheMeanAndDecaysTheWeight() {
        DecayedMeans means = new DecayedMeans(1, 2);
        means.set(0, 0, 5, 8);
        means.add(0, 1, 3, 1);

        means.fold(0.5);

        assertThat(means.mean(0, 0)).isEqualTo(5);
        assertThat(means.weight(0, 0)).isEqualTo(4);
        assertThat(means.mean(0, 1)).isEqualTo(3);
    }

    @Test
    void withColumns_newColumn_startsUnmet() {
        DecayedMeans means = new DecayedMeans(2, 2);
        means.set(0, 1, 5, 8);
        means.set(1, 1, 6, 9);

        DecayedMeans picked = means.withColumns(new int[] {-1, 1, 0});

        assertThat(picked.weight(0, 0)).isZero();
        assertThat(picked.mean(1, 1)).isEqualTo(6);
        assertThat(picked.weight(1, 1)).isEqualTo(9);
    }

    @Test
    void variance_constant_isExactlyZeroAndInactive() {
        PopulationMoments moments = new PopulationMoments(1);
        for (int i = 0; i < 1000; i++) {
            moments.add(new double[] {0.1});
            moments.fold(0.99);
        }

        assertThat(moments.variance(0)).isZero();
        assertThat(PopulationMoments.sigma(moments.mean(0), moments.variance(0))).isZero();
    }

    @Test
    void frame_sigmaOfRoundingSize_isInactive() {
        PopulationMoments moments = new PopulationMoments(1);
        moments.add(new double[] {1e9});
        moments.add(new double[] {1e9 + 1e-3});
        moments.fold(1);

        assertThat(moments.variance(0)).isPositive();
        assertThat(PopulationMoments.sigma(moments.mean(0), moments.variance(0))).isZero();
    }
}
