// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.Arrays;
import java.util.List;

/**
 * Mean silhouette width, -1 to 1 (P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and
 * validation of cluster analysis", Journal of Computational and Applied Mathematics 20, 1987): of each point
 * (b - a) / max(a, b), a its mean distance to the others of its cluster, b the least mean distance to
 * another cluster; 0 for a point that is alone in its cluster. Exact: every pair of points counts.
 */
public final class Silhouette {
    private Silhouette() {}

    /** Of points (n x d) with a label each, 0 or more; 0 where all have the same. */
    public static double of(double[] rows, int[] labels, int d) {
        return of(new Points(rows, d), List.of(labels))[0];
    }

    /** Of several labellings of the same points; each distance is computed once for all of them. */
    static double[] of(Points points, List<int[]> labellings) {
        int n = points.size();
        int[][] sizes = labellings.stream().map(Silhouette::sizes).toArray(int[][]::new);
        double[][] sums =
                Arrays.stream(sizes).map(s -> new double[s.length]).toArray(double[][]::new);
        double[] distances = new double[n];
        double[] totals = new double[labellings.size()];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distances[j] = points.distance(i, j);
            }
            for (int l = 0; l < totals.length; l++) {
                int[] labels = labellings.get(l);
                Arrays.fill(sums[l], 0);
                for (int j = 0; j < n; j++) {
                    sums[l][labels[j]] += distances[j];
                }
                totals[l] += width(sums[l], sizes[l], labels[i]);
            }
        }
        for (int l = 0; l < totals.length; l++) {
            totals[l] /= n;
        }
        return totals;
    }

    private static int[] sizes(int[] labels) {
        int[] sizes = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    private static double width(double[] sums, int[] sizes, int own) {
        if (sizes[own] == 1) {
            return 0;
        }
        double within = sums[own] / (sizes[own] - 1);
        double other = Double.POSITIVE_INFINITY;
        for (int j = 0; j < sizes.length; j++) {
            if (j != own && sizes[j] > 0) {
                other = Math.min(other, sums[j] / sizes[j]);
            }
        }
        double greater = Math.max(within, other);
        return Double.isInfinite(greater) || greater == 0 ? 0 : (other - within) / greater;
    }
}
