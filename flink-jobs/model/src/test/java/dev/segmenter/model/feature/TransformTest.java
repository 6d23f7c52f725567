// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransformTest {
    @Test
    void log1p_wholeAndOtherNumbers_bitsOfStrictMath() {
        for (double value = -0.75; value < 5_000; value += 0.25) {
            requireBits(value);
        }
        for (double value : new double[] {-0.0, -1, 1e300, Double.POSITIVE_INFINITY, Double.NaN}) {
            requireBits(value);
        }
    }

    @Test
    void squaredBoundBetween_noLessThanTheDifference_andClose() {
        SplittableRandom random = new SplittableRandom(5);
        int bounded = 0;
        for (int i = 0; i < 1_000_000; i++) {
            double from = Math.pow(10, 14 * random.nextDouble() - 2) - 0.01;
            double part = random.nextDouble() - 0.5;
            double to =
                    i % 2 == 0
                            ? from * Math.exp(3 * part)
                            : from * (1 + part * Math.pow(10, -i % 16));
            double between = Math.abs(StrictMath.log1p(to) - StrictMath.log1p(from));
            double bound = Math.sqrt(Transform.LOG1P.squaredBoundBetween(from, to));
            if (bound >= 0) {
                bounded++;
                assertThat(bound).isBetween(between * (1 - 1e-9), between * 1.07);
            } else {
                assertThat(between).matches(far -> far < 1.1e-4 || far > 1.27);
            }
        }
        assertThat(bounded).isGreaterThan(100_000);
    }

    @Test
    void squaredBoundBetween_whereThereIsNone_nan() {
        double[][] pairs = {
            {3, 3},
            {-0.5, -0.49},
            {-1, 1},
            {-2, -3},
            {Double.NaN, 1},
            {1, Double.NaN},
            {0, 1e300},
            {1e300, 2e300}
        };
        for (double[] pair : pairs) {
            assertThat(Transform.LOG1P.squaredBoundBetween(pair[0], pair[1])).isNaN();
        }
        assertThat(Transform.NONE.squaredBoundBetween(1, 1.1)).isNaN();
    }

    private static void requireBits(double value) {
        assertThat(Double.doubleToRawLongBits(Transform.LOG1P.apply(value)))
                .as("log1p of %s", value)
                .isEqualTo(Double.doubleToRawLongBits(StrictMath.log1p(value)));
    }
}
