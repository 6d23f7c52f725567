// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

/**
 * Squared Euclidean distances over flat arrays. Four lanes, summed (0+1)+(2+3), tail into lane 0:
 * one reduction order for every caller, so that trainer, assign and servable agree to the bit.
 */
public final class Distances {
    /** Relative: far more than a distance, or a bound on one, loses to rounding. */
    public static final double ROUNDING = 1e-9;

    private Distances() {}

    /** Squared distance between a[aFrom..aFrom+d) and b[bFrom..bFrom+d). */
    public static double squared(double[] a, int aFrom, double[] b, int bFrom, int d) {
        double lane0 = 0;
        double lane1 = 0;
        double lane2 = 0;
        double lane3 = 0;
        int i = 0;
        for (; i + 3 < d; i += 4) {
            double d0 = a[aFrom + i] - b[bFrom + i];
            double d1 = a[aFrom + i + 1] - b[bFrom + i + 1];
            double d2 = a[aFrom + i + 2] - b[bFrom + i + 2];
            double d3 = a[aFrom + i + 3] - b[bFrom + i + 3];
            lane0 += d0 * d0;
            lane1 += d1 * d1;
            lane2 += d2 * d2;
            lane3 += d3 * d3;
        }
        for (; i < d; i++) {
            double rest = a[aFrom + i] - b[bFrom + i];
            lane0 += rest * rest;
        }
        return (lane0 + lane1) + (lane2 + lane3);
    }

    /** Index of the nearest of k rows of d numbers; of equals the lowest. */
    public static int nearest(double[] point, int from, double[] rows, int k, int d) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            double distance = squared(point, from, rows, j * d, d);
            if (distance < least) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }
}
