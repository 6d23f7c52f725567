// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bit by bit against StrictMath; NaN is NaN. */
class Log1pTest {
    private final SplittableRandom random = new SplittableRandom(31);

    @Test
    void anyBits_bitsOfStrictMath() {
        for (int i = 0; i < 4_000_000; i++) {
            requireBits(Double.longBitsToDouble(random.nextLong()));
        }
    }

    @Test
    void everyExponent_bitsOfStrictMath() {
        for (int upper = 0; upper < 1 << 12; upper++) {
            long exponent = (long) upper << 52;
            for (int i = 0; i < 500; i++) {
                requireBits(Double.longBitsToDouble(exponent | random.nextLong() >>> 12));
            }
            requireAround(Double.longBitsToDouble(exponent));
        }
    }

    @Test
    void amounts_bitsOfStrictMath() {
        for (int i = 0; i < 4_000_000; i++) {
            requireBits(random.nextInt(100_000_000) / 100.0);
            requireBits(random.nextInt(100_000) / 100.0);
            requireBits(random.nextDouble() * 2 - 1);
        }
    }

    /** Where f is small: 1 + x is nearly a power of two. */
    @Test
    void aroundPowersOfTwoLess1_bitsOfStrictMath() {
        for (int k = -60; k < 60; k++) {
            double power = Math.scalb(1.0, k);
            for (int i = 0; i < 10_000; i++) {
                double near = power * (1 + (random.nextDouble() - 0.5) * Math.scalb(1.0, -i % 53));
                requireBits(near - 1);
            }
            requireAround(power - 1);
        }
    }

    @Test
    void borders_bitsOfStrictMath() {
        int[] uppers = {
            0x3C90_0000,
            0x3E20_0000,
            0x3FD2_BEC3,
            0x3FD2_BEC4,
            0x3FDA_8279,
            0x3FDA_827A,
            0x3FDA_827B,
            0x3FE6_A09E,
            0x3FF0_0000,
            0x3FF6_A09E,
            0x3FF6_A09F,
            0x4340_0000,
            0x7FF0_0000
        };
        for (int upper : uppers) {
            double border = Double.longBitsToDouble((long) upper << Integer.SIZE);
            for (int k = 0; k < 56; k++) {
                requireAround(Math.scalb(1 + border, k) - 1);
            }
            requireAround(border);
            requireAround(-border);
            requireAround(border - 1);
        }
    }

    @Test
    void specialNumbers_bitsOfStrictMath() {
        double[] numbers = {
            0.0,
            -1,
            -2,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        for (double number : numbers) {
            requireAround(number);
            requireAround(-number);
        }
    }

    private static void requireAround(double border) {
        double up = border;
        double down = border;
        for (int i = 0; i < 100; i++) {
            requireBits(up);
            requireBits(down);
            up = Math.nextUp(up);
            down = Math.nextDown(down);
        }
    }

    private static void requireBits(double x) {
        long expected = Double.doubleToLongBits(StrictMath.log1p(x));
        if (Double.doubleToLongBits(Log1p.of(x)) != expected) {
            assertThat(Log1p.of(x)).as("log1p of %s", x).isEqualTo(StrictMath.log1p(x));
        }
    }
}
