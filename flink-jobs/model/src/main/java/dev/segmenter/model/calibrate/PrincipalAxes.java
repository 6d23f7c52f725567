// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The directions in which points vary most: principal component analysis (Pearson 1901) by the
 * eigenvectors of the covariance matrix. An axis points to where its largest loading is positive.
 */
public final class PrincipalAxes {
    private final double[] mean;
    private final EigenDecomposition eigen;
    private final double variance;

    private PrincipalAxes(double[] mean, EigenDecomposition eigen) {
        this.mean = mean;
        this.eigen = eigen;
        this.variance = StatUtils.sum(eigen.getRealEigenvalues());
    }

    /** Of n points with d coordinates each, n at least 2. */
    public static PrincipalAxes of(List<double[]> points) {
        double[][] matrix = points.toArray(double[][]::new);
        double[] mean = new double[matrix[0].length];
        for (double[] point : matrix) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += point[i] / matrix.length;
            }
        }
        return new PrincipalAxes(
                mean, new EigenDecomposition(new Covariance(matrix).getCovarianceMatrix()));
    }

    /** Share of the points' variance along an axis, 0 to 1; 0 if they do not vary. */
    public double share(int axis) {
        return variance > 0 ? Math.max(0, eigen.getRealEigenvalue(axis)) / variance : 0;
    }

    /** Variance of the points along an axis. */
    double variance(int axis) {
        return Math.max(0, eigen.getRealEigenvalue(axis));
    }

    /** Unit vector of an axis, axis 0 being that of the greatest variance (d). */
    public double[] loadings(int axis) {
        RealVector direction = eigen.getEigenvector(axis);
        double largest = Math.max(direction.getMaxValue(), -direction.getMinValue());
        return direction.mapMultiply(largest > direction.getMaxValue() ? -1 : 1).toArray();
    }

    /** Where a point lies along an axis. */
    public double coordinate(double[] point, double[] loadings) {
        double coordinate = 0;
        for (int i = 0; i < mean.length; i++) {
            coordinate += (point[i] - mean[i]) * loadings[i];
        }
        return coordinate;
    }
}
