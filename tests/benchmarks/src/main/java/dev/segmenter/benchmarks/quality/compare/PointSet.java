// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.Random;

/**
 * n points of d features in the frame in which every method sees them: centred, and divided by one
 * number, the same for all features, so that they lie within {@value #REACH} of 0. That changes no
 * k-means, and nothing is left to winsorise in a frame of mean 0 and sigma 1.
 *
 * @param points n x d, row by row
 * @param truth class of each point, null if unknown
 * @param mean of the points in their own units (d)
 * @param unit own units in one unit of the frame
 */
record PointSet(
        String name, int k, int d, double[] points, int[] truth, double[] mean, double unit) {
    private static final double REACH = 4;

    /** Of points (n x d) in their own units. */
    static PointSet of(String name, int k, int d, double[] own, int[] truth) {
        double[] mean = new double[d];
        int n = own.length / d;
        for (int i = 0; i < own.length; i++) {
            mean[i % d] += own[i] / n;
        }
        double greatest = 0;
        for (int i = 0; i < own.length; i++) {
            greatest = Math.max(greatest, Math.abs(own[i] - mean[i % d]));
        }
        double unit = greatest / REACH;
        double[] points = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            points[i] = (own[i] - mean[i % d]) / unit;
        }
        return new PointSet(name, k, d, points, truth, mean, unit);
    }

    /** n. */
    int size() {
        return points.length / d;
    }

    /** Rows of the frame in the points' own units. */
    double[] inOwnUnits(double[] rows) {
        double[] own = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            own[i] = rows[i] * unit + mean[i % d];
        }
        return own;
    }

    /** The same points in a random order. */
    PointSet shuffled(long seed) {
        Random random = new Random(seed);
        double[] shuffled = points.clone();
        int[] labels = truth == null ? null : truth.clone();
        for (int i = size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (int f = 0; f < d; f++) {
                double held = shuffled[i * d + f];
                shuffled[i * d + f] = shuffled[j * d + f];
                shuffled[j * d + f] = held;
            }
            if (labels != null) {
                int held = labels[i];
                labels[i] = labels[j];
                labels[j] = held;
            }
        }
        return new PointSet(name, k, d, shuffled, labels, mean, unit);
    }
}
