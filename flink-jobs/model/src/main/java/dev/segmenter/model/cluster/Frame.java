// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;

/**
 * The units of distance: mean and sigma of each clustered feature (d, transformed units), and the
 * measure. Frozen with the model that publishes it, so that a moving sigma moves nobody.
 */
public record Frame(double[] mean, double[] sigma, boolean cosine) {

    /** Measure names in snapshots and options. */
    public static final String EUCLIDEAN = "euclidean";

    public static final String COSINE = "cosine";

    public Frame {
        if (mean.length != sigma.length) {
            throw new IllegalArgumentException(
                    "mean has " + mean.length + " entries, sigma " + sigma.length);
        }
        for (double entry : sigma) {
            if (!(entry >= 0)) {
                throw new IllegalArgumentException(
                        "sigma " + entry + " is no deviation; use 0 or more");
            }
        }
    }

    /** The frame that a snapshot was trained in; refuses an unknown measure and ragged arrays. */
    public static Frame of(CentroidSnapshot snapshot) {
        int d = snapshot.getFeatureNames().size();
        return new Frame(
                toArray(snapshot.getMean(), d),
                toArray(snapshot.getSigma(), d),
                isCosine(snapshot.getMeasure()));
    }

    /** True for cosine, false for euclidean; refuses the rest with the reason. */
    public static boolean isCosine(String measure) {
        return switch (measure) {
            case EUCLIDEAN -> false;
            case COSINE -> true;
            case "manhattan" ->
                    throw new IllegalArgumentException(
                            "measure: 'manhattan' is refused, since means do not minimise it; use"
                                    + " euclidean or cosine");
            default ->
                    throw new IllegalArgumentException(
                            "measure: '" + measure + "' is unknown; use euclidean or cosine");
        };
    }

    /** d. */
    public int dimension() {
        return mean.length;
    }

    /**
     * Winsorises and scales d numbers from transformed units to sigmas, 0 for inactive features;
     * under the cosine measure brings the result to length 1. Returns the squared length before
     * that: 0 means that the vector has no direction.
     */
    public double scale(double[] vector, int from, double[] scaled, int to) {
        double squares = 0;
        for (int i = 0; i < mean.length; i++) {
            double value = scaled(vector[from + i], i);
            scaled[to + i] = value;
            squares += value * value;
        }
        if (cosine && squares > 0) {
            double length = Math.sqrt(squares);
            for (int i = 0; i < mean.length; i++) {
                scaled[to + i] /= length;
            }
        }
        return squares;
    }

    /** A value of feature i, winsorised and in sigmas, 0 for an inactive one; not yet brought to any length. */
    public double scaled(double value, int i) {
        return sigma[i] > 0 ? winsorised(value, i) / sigma[i] : 0;
    }

    /** A value of feature i cut off at mean +- 8 sigma, transformed units; as it is if the feature is inactive. */
    public double winsorised(double value, int i) {
        return winsorised(value, i, CentroidModel.WINSOR_SIGMAS);
    }

    /** Whether a vector (d, transformed units) is cut off at mean +- 8 sigma in any feature. */
    public boolean cuts(double[] vector) {
        for (int i = 0; i < mean.length; i++) {
            if (vector[i] != winsorised(vector[i], i)) {
                return true;
            }
        }
        return false;
    }

    /** Cuts a vector (d, transformed units) off at a number of sigmas from the mean, in place. */
    public void winsorise(double[] vector, double sigmas) {
        for (int i = 0; i < mean.length; i++) {
            vector[i] = winsorised(vector[i], i, sigmas);
        }
    }

    /** A value of feature i cut off at a number of sigmas from the mean, transformed units. */
    public double winsorised(double value, int i, double sigmas) {
        if (sigma[i] > 0) {
            double reach = sigmas * sigma[i];
            double least = mean[i] - reach;
            double most = mean[i] + reach;
            return value < least ? least : value > most ? most : value;
        }
        return value;
    }

    /** Whether feature i takes part in distances. */
    public boolean active(int i) {
        return sigma[i] > 0;
    }

    static double[] toArray(List<Double> numbers, int length) {
        if (numbers.size() != length) {
            throw new IllegalArgumentException(
                    "expected "
                            + length
                            + " numbers, one a clustered feature, got "
                            + numbers.size());
        }
        double[] array = new double[length];
        for (int i = 0; i < length; i++) {
            array[i] = numbers.get(i);
            if (!Double.isFinite(array[i])) {
                throw new IllegalArgumentException(
                        "entry " + i + " of a snapshot's array is " + array[i] + ", not finite");
            }
        }
        return array;
    }
}
