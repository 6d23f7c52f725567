// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.model.cluster.Distances;
import java.util.Arrays;

/** Points (n x d) around centroids (k x d), each at its nearest, row by row in one frame. */
public final class Clustering {
    private final double[] points;
    private final double[] centroids;
    private final int d;
    private final int[] nearest;

    public Clustering(double[] points, double[] centroids, int d) {
        this.points = points;
        this.centroids = centroids;
        this.d = d;
        this.nearest = new int[points.length / d];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = Distances.nearest(points, i * d, centroids, size(), d);
        }
    }

    /** k. */
    public int size() {
        return centroids.length / d;
    }

    /** Each centroid as an array of its own (k of d). */
    public double[][] centroids() {
        return rows(centroids, d);
    }

    /** Flat rows of d numbers as one array each. */
    public static double[][] rows(double[] flat, int d) {
        double[][] rows = new double[flat.length / d][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
        }
        return rows;
    }

    /** Row of the nearest centroid of each point. */
    public int[] labels() {
        return nearest.clone();
    }

    /** Sum of the squared distances to the nearest centroid. */
    public double sse() {
        double sum = 0;
        for (int i = 0; i < nearest.length; i++) {
            sum += squared(i, nearest[i]);
        }
        return sum;
    }

    /**
     * Simplified silhouette, -1 to 1 (E. R. Hruschka et al., "Evolutionary algorithms for clustering
     * gene-expression data", ICDM 2004): the mean of (b - a) / b, a the distance to the nearest
     * centroid, b to the second.
     */
    public double silhouette() {
        double sum = 0;
        for (int i = 0; i < nearest.length; i++) {
            double own = Math.sqrt(squared(i, nearest[i]));
            double other = Double.POSITIVE_INFINITY;
            for (int j = 0; j < size(); j++) {
                if (j != nearest[i]) {
                    other = Math.min(other, Math.sqrt(squared(i, j)));
                }
            }
            sum += other > 0 ? (other - own) / other : 0;
        }
        return sum / nearest.length;
    }

    private double squared(int point, int centroid) {
        return Distances.squared(points, point * d, centroids, centroid * d, d);
    }
}
