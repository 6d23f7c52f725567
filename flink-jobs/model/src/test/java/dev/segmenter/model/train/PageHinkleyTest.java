// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {
    @Test
    void statistic_anySeries_isTheSumOverItsLeastValueAsInTheTextbook() {
        Random random = new Random(1);
        PageHinkley test = new PageHinkley();
        double[] sums = new double[501];
        for (int t = 1; t <= 500; t++) {
            double value = random.nextGaussian() + (t > 300 ? 1 : 0.3);
            sums[t] = sums[t - 1] + value - PageHinkley.TOLERANCE;
            double least = 0;
            for (int i = 1; i <= t; i++) {
                least = Math.min(least, sums[i]);
            }

            test.observe(value);

            assertThat(test.statistic()).isCloseTo(sums[t] - least, within(1e-9));
            assertThat(test.alarm()).isEqualTo(test.statistic() >= PageHinkley.ALARM);
        }
        assertThat(test.alarm()).isTrue();
    }
}
