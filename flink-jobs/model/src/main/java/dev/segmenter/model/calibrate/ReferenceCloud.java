// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Points without groups to compare with, as wide as given ones along each of their principal axes: spread
 * evenly over that box (after the gap statistic, R. Tibshirani, G. Walther, T. Hastie, "Estimating the number
 * of clusters in a data set via the gap statistic", Journal of the Royal Statistical Society B 63, 2001), or one
 * normal cloud (after SigClust, Y. Liu, D. Hayes, A. Nobel, J. Marron, Journal of the American Statistical
 * Association 103, 2008). k-means cuts these up, too; only what is better than that speaks of groups.
 */
final class ReferenceCloud {
    private final int d;
    private final double[] deviation;
    private final double[] least;
    private final double[] most;

    private ReferenceCloud(int d) {
        this.d = d;
        this.deviation = new double[d];
        this.least = new double[d];
        this.most = new double[d];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    static ReferenceCloud of(Points points) {
        int d = points.d();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            rows.add(Arrays.copyOfRange(points.rows(), i * d, (i + 1) * d));
        }
        PrincipalAxes axes = PrincipalAxes.of(rows);
        ReferenceCloud cloud = new ReferenceCloud(d);
        for (int axis = 0; axis < d; axis++) {
            cloud.deviation[axis] = Math.sqrt(axes.variance(axis));
            double[] loadings = axes.loadings(axis);
            for (double[] row : rows) {
                double at = axes.coordinate(row, loadings);
                cloud.least[axis] = Math.min(cloud.least[axis], at);
                cloud.most[axis] = Math.max(cloud.most[axis], at);
            }
        }
        return cloud;
    }

    /** n points spread evenly over the box, in coordinates of the axes. */
    Points box(int n, Random random) {
        double[] rows = new double[n * d];
        for (int i = 0; i < rows.length; i++) {
            int axis = i % d;
            rows[i] = least[axis] + random.nextDouble() * (most[axis] - least[axis]);
        }
        return new Points(rows, d);
    }

    /** n points of one normal cloud, in coordinates of the axes. */
    Points normal(int n, Random random) {
        double[] rows = new double[n * d];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = deviation[i % d] * random.nextGaussian();
        }
        return new Points(rows, d);
    }
}
