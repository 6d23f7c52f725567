// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.cluster.Distances;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Users as points in a frame.
 *
 * @param rows n x d, row by row, winsorised and scaled to sigmas
 */
public record Points(double[] rows, int d) {

    public Points {
        if (d < 1 || rows.length % d != 0) {
            throw new IllegalArgumentException(
                    rows.length + " numbers are no rows of " + d + "; give n x d numbers");
        }
    }

    /** n. */
    public int size() {
        return rows.length / d;
    }

    /** Euclidean distance of two points. */
    public double distance(int i, int j) {
        return Math.sqrt(Distances.squared(rows, i * d, rows, j * d, d));
    }

    /** Index of the nearest centroid (k x d) of each point. */
    public int[] assign(double[] centroids) {
        int k = centroids.length / d;
        int[] labels = new int[size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Distances.nearest(rows, i * d, centroids, k, d);
        }
        return labels;
    }

    /** Sum of squared distances to the centroid (k x d) that each label names. */
    public double sse(double[] centroids, int[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += Distances.squared(rows, i * d, centroids, labels[i] * d, d);
        }
        return sum;
    }

    /** Mean of all points (d). */
    double[] mean() {
        double[] mean = new double[d];
        for (int i = 0; i < rows.length; i++) {
            mean[i % d] += rows[i] / size();
        }
        return mean;
    }

    /** The points at some indices, in their order. */
    public Points pick(int[] indices) {
        double[] picked = new double[indices.length * d];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(rows, indices[i] * d, picked, i * d, d);
        }
        return new Points(picked, d);
    }

    /** Number of different points, counted up to a limit. */
    public int distinct(int limit) {
        Set<List<Double>> seen = new HashSet<>();
        for (int i = 0; i < size() && seen.size() < limit; i++) {
            Double[] row = new Double[d];
            for (int f = 0; f < d; f++) {
                row[f] = rows[i * d + f];
            }
            seen.add(List.of(row));
        }
        return seen.size();
    }
}
