// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.OptionalInt;
import java.util.Random;

/** Generated points whose groups are known. */
final class Clouds {
    private Clouds() {}

    /** Normal blobs of sigma 1, point i in blob i mod k, centres on a circle that neighbours keep a distance on. */
    static Points blobs(int k, int n, int d, double apart, long seed) {
        Random random = new Random(seed);
        double radius = k == 1 ? 0 : apart / (2 * Math.sin(Math.PI / k));
        double[] rows = new double[n * d];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * (i % k) / k;
            for (int f = 0; f < d; f++) {
                rows[i * d + f] = random.nextGaussian();
            }
            rows[i * d] += radius * Math.cos(angle);
            rows[i * d + 1] += radius * Math.sin(angle);
        }
        return new Points(rows, d);
    }

    static int[] truth(int k, int n) {
        int[] truth = new int[n];
        for (int i = 0; i < n; i++) {
            truth[i] = i % k;
        }
        return truth;
    }

    /** Spread evenly over a unit box. */
    static Points box(int n, int d, long seed) {
        Random random = new Random(seed);
        return new Points(random.doubles((long) n * d).toArray(), d);
    }

    /** Two rings around one centre, even points on the inner one: what means cannot tell apart. */
    static Points rings(int n, long seed) {
        Random random = new Random(seed);
        double[] rows = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = (i % 2 == 0 ? 1 : 4) + 0.1 * random.nextGaussian();
            rows[2 * i] = radius * Math.cos(angle);
            rows[2 * i + 1] = radius * Math.sin(angle);
        }
        return new Points(rows, 2);
    }

    /** Small trials: a range of K, little else. */
    static CalibrationOptions options(int minK, int maxK) {
        return new CalibrationOptions(
                minK, maxK, 1_000, 5, 5, 60, OptionalInt.empty(), OptionalInt.empty(), 7);
    }
}
