// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

/**
 * log(1 + x) to the bits of {@link StrictMath#log1p}, which leaves Java for each number: K. C. Ng's algorithm from
 * fdlibm (s_log1p.c, Sun Microsystems 1993).
 *
 * <p>1 + x is brought to 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2). What rounding 1 + x to u has lost
 * is made good by adding it over u. With s = f / (2 + f), log(1 + f) = log(1 + s) - log(1 - s) = f - (f^2/2 - s
 * (f^2/2 + R)), where R is a polynomial in s^2 that is right to 2^-58; and log(2) is kept in two parts, so that k
 * times the upper one is exact. The order of the operations is part of the result.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // fdlibm's decimals, which round to its bits.
final class Log1p {
    private static final double LOG_2_UPPER = 6.93147180369123816490e-01;
    private static final double LOG_2_LOWER = 1.90821492927058770002e-10;

    // Of the polynomial, from s^2 on.
    private static final double R1 = 6.666666666666735130e-01;
    private static final double R2 = 3.999999999940941908e-01;
    private static final double R3 = 2.857142874366239149e-01;
    private static final double R4 = 2.222219843214978396e-01;
    private static final double R5 = 1.818357216161805012e-01;
    private static final double R6 = 1.531383769920937332e-01;
    private static final double R7 = 1.479819860511658591e-01;

    // Borders, as upper halves of a double's bits.
    private static final int TINY = 0x3E20_0000;
    private static final int SQRT_2_LESS_1 = 0x3FDA_827A;
    private static final int SQRT_HALF_LESS_1 = 0xBFD2_BEC3;
    private static final int ONE = 0x3FF0_0000;
    private static final int TWO_TO_53 = 0x4340_0000;
    private static final int INFINITE = 0x7FF0_0000;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final long EXPONENT_OF_1 = 1023L << FRACTION_BITS;
    private static final long EXPONENT_OF_HALF = 1022L << FRACTION_BITS;
    private static final int SQRT_2 = 0x6_A09E;
    private static final int ALMOST_2 = 0xF_FFFD;

    private Log1p() {}

    /** log(1 + x); minus infinity of -1, NaN below it. */
    static double of(double x) {
        int upper = upper(Double.doubleToRawLongBits(x));
        if (upper >= SQRT_2_LESS_1) {
            return upper < INFINITE ? reduced(x, upper) : x + x;
        }
        int magnitude = upper & Integer.MAX_VALUE;
        if (magnitude >= ONE) {
            return x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        if (magnitude < TINY) {
            return x - x * x * 0.5;
        }
        return upper > 0 || upper <= SQRT_HALF_LESS_1 ? near0(x) : reduced(x, upper);
    }

    private static int upper(long bits) {
        return (int) (bits >>> Integer.SIZE);
    }

    /** Where k is 0 and nothing is lost. */
    private static double near0(double f) {
        double half = 0.5 * f * f;
        return f - (half - series(f, half));
    }

    private static double reduced(double x, int upper) {
        double u = upper < TWO_TO_53 ? 1 + x : x;
        long bits = Double.doubleToRawLongBits(u);
        int k = (int) (bits >> FRACTION_BITS) - 1023;
        double lost = upper >= TWO_TO_53 ? 0 : (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
        int fraction = upper(bits & FRACTION);
        if (fraction < SQRT_2) {
            double f = Double.longBitsToDouble((bits & FRACTION) | EXPONENT_OF_1) - 1;
            return sum(k, lost, f, fraction == 0);
        }
        double f = Double.longBitsToDouble((bits & FRACTION) | EXPONENT_OF_HALF) - 1;
        return sum(k + 1, lost, f, fraction >= ALMOST_2);
    }

    /** k log(2) + log(1 + f) and what was lost; less than 2^-20 is enough for a shorter series. */
    private static double sum(int k, double lost, double f, boolean isSmall) {
        double half = 0.5 * f * f;
        if (k == 0) {
            return f - (half - series(f, half));
        }
        double rest = k * LOG_2_LOWER + lost;
        double less =
                isSmall
                        ? half * (1 - 0.66666666666666666 * f) - rest
                        : half - (series(f, half) + rest);
        return k * LOG_2_UPPER - (less - f);
    }

    /** s (f^2/2 + R). */
    private static double series(double f, double half) {
        double s = f / (2 + f);
        double z = s * s;
        double r = z * (R1 + z * (R2 + z * (R3 + z * (R4 + z * (R5 + z * (R6 + z * R7))))));
        return s * (half + r);
    }
}
