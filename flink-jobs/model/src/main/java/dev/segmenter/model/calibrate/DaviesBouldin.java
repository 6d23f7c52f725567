// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.cluster.Distances;

/**
 * How far clusters overlap, 0 or more, less is better (D. L. Davies, D. W. Bouldin, "A cluster separation
 * measure", IEEE Transactions on Pattern Analysis and Machine Intelligence 1, 1979): the mean over clusters of
 * the worst (s_i + s_j) / d_ij, s the mean distance of a cluster's points to its centroid.
 */
final class DaviesBouldin {
    private DaviesBouldin() {}

    /** Of points that each belong to the centroid (k x d) that its label names; 0 with one cluster. */
    static double of(Points points, double[] centroids, int[] labels) {
        int d = points.d();
        int k = centroids.length / d;
        double[] scatter = scatter(points, centroids, labels, k);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double worst = 0;
            for (int j = 0; j < k; j++) {
                if (j != i) {
                    double apart =
                            Math.sqrt(Distances.squared(centroids, i * d, centroids, j * d, d));
                    worst = Math.max(worst, (scatter[i] + scatter[j]) / apart);
                }
            }
            sum += worst;
        }
        return sum / k;
    }

    private static double[] scatter(Points points, double[] centroids, int[] labels, int k) {
        int d = points.d();
        double[] scatter = new double[k];
        int[] sizes = new int[k];
        for (int i = 0; i < labels.length; i++) {
            int j = labels[i];
            scatter[j] += Math.sqrt(Distances.squared(points.rows(), i * d, centroids, j * d, d));
            sizes[j]++;
        }
        for (int j = 0; j < k; j++) {
            scatter[j] = sizes[j] > 0 ? scatter[j] / sizes[j] : 0;
        }
        return scatter;
    }
}
