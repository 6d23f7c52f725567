// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Distances as a snapshot alone defines them: every coordinate cut off at mean +- 8 sigma and
 * divided by sigma, 0 where sigma is 0; under cosine brought to length 1. Squares are summed in the
 * documented four lanes, so that results can be compared to the bit.
 */
final class SlowModel {
    static final int NONE = 0;

    final CentroidSnapshot snapshot;
    private final FeatureSet features;
    private final long effectiveFrom;
    private final double[] mean;
    private final double[] sigma;
    private final List<double[]> centroids = new ArrayList<>();

    SlowModel(CentroidSnapshot snapshot, FeatureSet features) {
        this.snapshot = snapshot;
        this.features = features;
        this.effectiveFrom = snapshot.getEffectiveFrom().toEpochMilli();
        this.mean = array(snapshot.getMean());
        this.sigma = array(snapshot.getSigma());
        for (Centroid centroid : snapshot.getCentroids()) {
            centroids.add(scaled(array(centroid.getVector())));
        }
    }

    /** Newest version effective at an event time, ms; null if none. */
    static SlowModel effectiveAt(List<SlowModel> models, long time) {
        for (int i = models.size() - 1; i >= 0; i--) {
            if (models.get(i).effectiveFrom <= time) {
                return models.get(i);
            }
        }
        return null;
    }

    boolean alive(int segment) {
        return slot(segment) >= 0;
    }

    /** Label of a live segment. */
    String label(int segment) {
        return snapshot.getCentroids().get(slot(segment)).getLabel();
    }

    private int slot(int segment) {
        int slot = snapshot.getCentroids().size() - 1;
        while (slot >= 0 && snapshot.getCentroids().get(slot).getSegmentId() != segment) {
            slot--;
        }
        return slot;
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
        for (int slot = 0; slot < centroids.size(); slot++) {
            double squared = squared(point, centroids.get(slot));
            if (squared < least) {
                least = squared;
                nearest = snapshot.getCentroids().get(slot).getSegmentId();
            }
        }
        return nearest;
    }

    /** Null unless the segment is alive. */
    Double squared(double[] values, int segment) {
        return alive(segment)
                ? (Double) squared(point(values), centroids.get(slot(segment)))
                : null;
    }

    /** How much nearer one feature is to the second segment than to the first. */
    double contribution(double[] values, int feature, int from, int to) {
        double x = point(values)[feature];
        double toFirst = x - centroids.get(slot(from))[feature];
        double toSecond = x - centroids.get(slot(to))[feature];
        return toFirst * toFirst - toSecond * toSecond;
    }

    private double[] point(double[] values) {
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = features.clusteredFeature(i).transform().apply(values[i]);
        }
        return scaled(vector);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] scaled(double[] vector) {
        double[] scaled = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            double least = mean[i] - 8 * sigma[i];
            double most = mean[i] + 8 * sigma[i];
            scaled[i] = sigma[i] > 0 ? Math.min(Math.max(vector[i], least), most) / sigma[i] : 0;
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
