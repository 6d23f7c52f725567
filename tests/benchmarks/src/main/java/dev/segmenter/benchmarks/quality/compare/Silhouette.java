// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.model.cluster.Distances;
import java.util.Arrays;

/**
 * Mean silhouette width, -1 to 1 (P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation
 * and validation of cluster analysis", Journal of Computational and Applied Mathematics 20, 1987): of
 * each point (b - a) / max(a, b), a its mean distance to the others of its cluster, b the least mean
 * distance to another cluster; 0 for a point that is alone in its cluster.
 */
final class Silhouette {
    private Silhouette() {}

    /** Of points (n x d) with a label each; 0 where all have the same. */
    static double of(double[] points, int[] labels, int d) {
        int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
        int[] rows =
                Arrays.stream(labels).map(label -> Arrays.binarySearch(distinct, label)).toArray();
        int[] sizes = new int[distinct.length];
        for (int row : rows) {
            sizes[row]++;
        }
        if (sizes.length < 2) {
            return 0;
        }
        double sum = 0;
        double[] distances = new double[sizes.length];
        for (int i = 0; i < rows.length; i++) {
            Arrays.fill(distances, 0);
            for (int j = 0; j < rows.length; j++) {
                distances[rows[j]] += Math.sqrt(Distances.squared(points, i * d, points, j * d, d));
            }
            sum += width(distances, sizes, rows[i]);
        }
        return sum / rows.length;
    }

    private static double width(double[] distances, int[] sizes, int own) {
        if (sizes[own] == 1) {
            return 0;
        }
        double within = distances[own] / (sizes[own] - 1);
        double other = Double.POSITIVE_INFINITY;
        for (int j = 0; j < sizes.length; j++) {
            if (j != own) {
                other = Math.min(other, distances[j] / sizes[j]);
            }
        }
        double greater = Math.max(within, other);
        return greater > 0 ? (other - within) / greater : 0;
    }
}
