// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.Transform;
import java.util.Arrays;

/** Where one vector stands in one model at one moment: scratch of d numbers, reused. */
final class Position {
    private final long fingerprint;
    private final Transform[] transforms;
    private final double[] framed;
    private final double[] other;
    private final double[] leadFound = new double[1];

    /** By feature, what a squared distance in the unit of centroids is in sigmas squared; cutting off makes it no more. */
    private final double[] weights;

    private Frame weightsOf;
    private double[] values;
    private CentroidModel model;
    private CentroidModel lanesOf;
    private double[][] lanes;
    private long time;
    private int nearest;
    private double lead;

    Position(FeatureSet features) {
        fingerprint = features.fingerprint();
        transforms = new Transform[features.dimension()];
        Arrays.setAll(transforms, i -> features.clusteredFeature(i).transform());
        framed = new double[transforms.length];
        other = new double[transforms.length];
        weights = new double[transforms.length];
    }

    /**
     * Places clustered values (d, own units) at an event time, ms; false if the model cannot decide
     * them: there is none, it is of other features, or a cosine has no direction to compare. The segment
     * that is likely the nearest, if any, is tried first.
     */
    boolean place(double[] valuesNow, CentroidModel effective, long now, int likely) {
        if (!frame(valuesNow, effective, now)) {
            return false;
        }
        nearest = nearest(framed, likely);
        lead = leadFound[0];
        return true;
    }

    /** The same where it is known which segment, alive in the model, is the nearest; its lead is not looked for. */
    void placeAt(double[] valuesNow, CentroidModel effective, long now, int nearestSegment) {
        frame(valuesNow, effective, now);
        nearest = effective.slotOf(nearestSegment);
    }

    private boolean frame(double[] valuesNow, CentroidModel effective, long now) {
        if (effective == null || effective.fingerprint() != fingerprint) {
            return false;
        }
        values = valuesNow;
        model = effective;
        time = now;
        frame(valuesNow, framed);
        return !hasNoDirection(framed);
    }

    /**
     * How far one vector of clustered values (d, own units) is at most from another under a model, in sigmas, to a
     * relative 10^-9; found from where they differ. Infinite if they do where each number depends on all others, as
     * under the cosine measure.
     */
    double moved(double[] from, double[] to, CentroidModel under) {
        Frame frame = under.frame();
        if (frame.cosine()) {
            return Arrays.equals(from, to) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (weightsOf != frame) {
            weigh(frame);
        }
        double squares = 0;
        for (int i = 0; i < transforms.length; i++) {
            if (from[i] != to[i]) {
                double bound = transforms[i].squaredBoundBetween(from[i], to[i]);
                squares += bound >= 0 ? bound * weights[i] : squaredMove(from[i], to[i], i, frame);
            }
        }
        return Math.sqrt(squares);
    }

    private double squaredMove(double from, double to, int i, Frame frame) {
        double move =
                frame.scaled(transforms[i].apply(to), i)
                        - frame.scaled(transforms[i].apply(from), i);
        return move * move;
    }

    private void weigh(Frame frame) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = frame.active(i) ? 1 / (frame.sigma()[i] * frame.sigma()[i]) : 0;
        }
        weightsOf = frame;
    }

    /** By how many sigmas every other centroid was farther than the nearest at the last {@link #place}, at least. */
    double lead() {
        return lead;
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
        return model.nearest(vector, Math.max(0, model.slotOf(likely)), lanes, leadFound);
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
