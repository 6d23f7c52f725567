// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static void requireBits(double value) {
        assertThat(Double.doubleToRawLongBits(Transform.LOG1P.apply(value)))
                .as("log1p of %s", value)
                .isEqualTo(Double.doubleToRawLongBits(StrictMath.log1p(value)));
    }
}
