// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.Transform;
import java.util.Arrays;

/** Where one vector stands in one model at one moment: scratch of d numbers, reused. */
final class Position {
    private final long fingerprint;
    private final Transform[] transforms;
    private final double[] framed;
    private final double[] other;
    private double[] values;
    private CentroidModel model;
    private CentroidModel lanesOf;
    private double[][] lanes;
    private long time;
    private int nearest;

    Position(FeatureSet features) {
        fingerprint = features.fingerprint();
        transforms = new Transform[features.dimension()];
        Arrays.setAll(transforms, i -> features.clusteredFeature(i).transform());
        framed = new double[transforms.length];
        other = new double[transforms.length];
    }

    /**
     * Places clustered values (d, own units) at an event time, ms; false if the model cannot decide
     * them: there is none, it is of other features, or a cosine has no direction to compare. The segment
     * that is likely the nearest, if any, is tried first.
     */
    boolean place(double[] valuesNow, CentroidModel effective, long now, int likely) {
        if (effective == null || effective.fingerprint() != fingerprint) {
            return false;
        }
        values = valuesNow;
        model = effective;
        time = now;
        frame(valuesNow, framed);
        if (hasNoDirection(framed)) {
            return false;
        }
        nearest = nearest(framed, likely);
        return true;
    }

    double[] values() {
        return values;
    }

    CentroidModel model() {
        return model;
    }

    long time() {
        return time;
    }

    /** Slot of the nearest centroid. */
    int nearest() {
        return nearest;
    }

    /** Segment of the nearest centroid. */
    int nearestSegment() {
        return model.segmentId(nearest);
    }

    double distanceSquared(int slot) {
        return model.distanceSquared(framed, slot);
    }

    /** 1 - distance to the second slot / distance to the first; NaN if both are 0. */
    double margin(int from, int to) {
        return 1 - Math.sqrt(distanceSquared(to)) / Math.sqrt(distanceSquared(from));
    }

    /** (x - c_from)^2 - (x - c_to)^2 of one feature, in sigmas squared. */
    double contribution(int feature, int from, int to) {
        double fromCentroid = framed[feature] - model.scaledCentroid(from, feature);
        double toCentroid = framed[feature] - model.scaledCentroid(to, feature);
        return fromCentroid * fromCentroid - toCentroid * toCentroid;
    }

    /** Segment nearest to other values of the same features under the same model, or NONE. */
    int nearestSegmentOf(double[] otherValues) {
        frame(otherValues, other);
        return hasNoDirection(other)
                ? UserSegment.NONE
                : model.segmentId(nearest(other, UserSegment.NONE));
    }

    private int nearest(double[] vector, int likely) {
        if (lanesOf != model) {
            lanes = model.lanes();
            lanesOf = model;
        }
        return model.nearest(vector, Math.max(0, model.slotOf(likely)), lanes);
    }

    private void frame(double[] source, double[] target) {
        for (int i = 0; i < transforms.length; i++) {
            target[i] = transforms[i].apply(source[i]);
        }
        model.toFrame(target, target);
    }

    private boolean hasNoDirection(double[] vector) {
        if (!model.frame().cosine()) {
            return false;
        }
        for (double number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
