// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.OptionalInt;

/**
 * The knee of a curve by Kneedle (V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'kneedle' in a
 * haystack: detecting knee points in system behavior", ICDCS workshops 2011): both axes are brought to 0..1,
 * and where the curve stands highest over the diagonal it bends most, provided that it then falls by a
 * threshold before it rises again. Not smoothed first: sums over a whole sample hardly jitter.
 */
public final class Elbow {
    /** The paper's S: how many mean steps the curve must fall back towards the diagonal; 1 is its default. */
    private static final double SENSITIVITY = 1;

    private Elbow() {}

    /** Index of the elbow of a convex decreasing curve, such as the inertia over K; empty if there is none. */
    public static OptionalInt ofDecreasing(double[] x, double[] y) {
        double[] flipped = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            flipped[i] = -y[i];
        }
        return ofIncreasing(x, flipped);
    }

    /** Index of the knee of a concave increasing curve; x ascends. Empty if there is none. */
    public static OptionalInt ofIncreasing(double[] x, double[] y) {
        int n = x.length;
        if (n < 3) {
            return OptionalInt.empty();
        }
        double[] over = overDiagonal(unit(x), unit(y));
        double fall = SENSITIVITY / (n - 1);
        for (int i = 1; i + 1 < n; i++) {
            boolean peak = over[i] > 0 && over[i] >= over[i - 1] && over[i] > over[i + 1];
            if (peak && fallsBelow(over[i] - fall, over, i)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether the curve falls below a threshold before its next peak. */
    private static boolean fallsBelow(double threshold, double[] over, int peak) {
        for (int j = peak + 1; j < over.length; j++) {
            if (over[j] < threshold) {
                return true;
            }
            if (j + 1 < over.length && over[j] >= over[j - 1] && over[j] > over[j + 1]) {
                return false;
            }
        }
        return false;
    }

    private static double[] overDiagonal(double[] x, double[] y) {
        double[] over = new double[x.length];
        for (int i = 0; i < over.length; i++) {
            over[i] = y[i] - x[i];
        }
        return over;
    }

    private static double[] unit(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        double[] unit = new double[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = most > least ? (values[i] - least) / (most - least) : 0;
        }
        return unit;
    }
}
