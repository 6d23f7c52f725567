// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;

/**
 * Distances as a snapshot alone defines them: every coordinate cut off at mean +- 8 sigma and
 * divided by sigma, 0 where sigma is 0; under cosine brought to length 1. Squares are summed in the
 * documented four lanes, so that results can be compared to the bit.
 */
record SlowModel(CentroidSnapshot snapshot, FeatureSet features) {
    static final int NONE = 0;

    /** Newest version effective at an event time, ms; null if none. */
    static CentroidSnapshot effectiveAt(List<CentroidSnapshot> snapshots, long time) {
        CentroidSnapshot effective = null;
        for (CentroidSnapshot snapshot : snapshots) {
            if (snapshot.getEffectiveFrom().toEpochMilli() <= time) {
                effective = snapshot;
            }
        }
        return effective;
    }

    boolean alive(int segment) {
        return centroid(segment) != null;
    }

    /** Null unless the segment is alive. */
    Centroid centroid(int segment) {
        for (Centroid centroid : snapshot.getCentroids()) {
            if (centroid.getSegmentId() == segment) {
                return centroid;
            }
        }
        return null;
    }

    /** False if values cannot be compared: other features, or a cosine of nothing. */
    boolean decides(double[] values) {
        return snapshot.getFingerprint() == features.fingerprint() && nearest(values) != NONE;
    }

    /** Segment of the nearest centroid, of equals the first; none for a vector without direction. */
    int nearest(double[] values) {
        double[] point = point(values);
        if (isCosine() && squaredLength(point) == 0) {
            return NONE;
        }
        int nearest = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (Centroid centroid : snapshot.getCentroids()) {
            double squared = squared(point, scaled(vector(centroid)));
            if (squared < least) {
                least = squared;
                nearest = centroid.getSegmentId();
            }
        }
        return nearest;
    }

    /** Null unless the segment is alive. */
    Double squared(double[] values, int segment) {
        return alive(segment)
                ? (Double) squared(point(values), scaled(vector(centroid(segment))))
                : null;
    }

    /** How much nearer one feature is to the second segment than to the first. */
    double contribution(double[] values, int feature, int from, int to) {
        double x = point(values)[feature];
        double toFirst = x - scaled(vector(centroid(from)))[feature];
        double toSecond = x - scaled(vector(centroid(to)))[feature];
        return toFirst * toFirst - toSecond * toSecond;
    }

    private double[] point(double[] values) {
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = features.clusteredFeature(i).transform().apply(values[i]);
        }
        return scaled(vector);
    }

    private static double[] vector(Centroid centroid) {
        return centroid.getVector().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] scaled(double[] vector) {
        double[] scaled = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            double sigma = snapshot.getSigma().get(i);
            double mean = snapshot.getMean().get(i);
            double least = mean - 8 * sigma;
            double most = mean + 8 * sigma;
            scaled[i] = sigma > 0 ? Math.min(Math.max(vector[i], least), most) / sigma : 0;
        }
        double squaredLength = squaredLength(scaled);
        if (isCosine() && squaredLength > 0) {
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] /= Math.sqrt(squaredLength);
            }
        }
        return scaled;
    }

    private boolean isCosine() {
        return snapshot.getMeasure().equals("cosine");
    }

    private static double squaredLength(double[] vector) {
        double sum = 0;
        for (double number : vector) {
            sum += number * number;
        }
        return sum;
    }

    private static double squared(double[] a, double[] b) {
        double[] lanes = new double[4];
        int whole = a.length - a.length % 4;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            lanes[i < whole ? i % 4 : 0] += difference * difference;
        }
        return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    }
}
