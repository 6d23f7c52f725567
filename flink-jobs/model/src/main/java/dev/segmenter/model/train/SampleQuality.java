// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/** What a sample of votes says about a model, or about the step from one model to the next. */
final class SampleQuality {
    private final VoteSample sample;
    private final FeatureSet features;

    SampleQuality(VoteSample sample, FeatureSet features) {
        this.sample = sample;
        this.features = features;
    }

    /** Share of the sample whose nearest segment differs between two models of this feature set. */
    double relabelled(CentroidModel before, CentroidModel after) {
        double[] framed = new double[features.dimension()];
        return differing(
                vector -> segmentOf(vector, framed, before),
                vector -> segmentOf(vector, framed, after));
    }

    /** Share of the sample whose nearest centroid differs between two frames around the same centroids. */
    double relabelledByFrame(OnlineKMeans model, Frame after) {
        double[] framed = new double[features.dimension()];
        double[] rowsBefore = model.scaledCentroids(model.frame());
        double[] rowsAfter = model.scaledCentroids(after);
        return differing(
                vector -> slotOf(vector, framed, model.frame(), rowsBefore),
                vector -> slotOf(vector, framed, after, rowsAfter));
    }

    /**
     * Simplified silhouette (E. R. Hruschka et al., "Evolutionary algorithms for clustering gene-expression
     * data", ICDM 2004): the mean of (b - a) / max(a, b), a the distance to the own centroid, b to the
     * nearest other one. Empty with fewer than two segments or without votes.
     */
    OptionalDouble silhouette(CentroidModel model) {
        if (model.size() < 2 || sample.size() == 0) {
            return OptionalDouble.empty();
        }
        double[] framed = new double[features.dimension()];
        return sample.votes().stream()
                .mapToDouble(
                        vote -> {
                            features.toVector(vote.values(), framed);
                            model.toFrame(framed, framed);
                            return silhouetteOf(framed, model);
                        })
                .average();
    }

    private static double silhouetteOf(double[] framed, CentroidModel model) {
        double own = Double.POSITIVE_INFINITY;
        double other = Double.POSITIVE_INFINITY;
        for (int j = 0; j < model.size(); j++) {
            double distance = Math.sqrt(model.distanceSquared(framed, j));
            other = Math.min(other, Math.max(own, distance));
            own = Math.min(own, distance);
        }
        return other > 0 ? (other - own) / other : 0;
    }

    private double differing(ToIntFunction<double[]> before, ToIntFunction<double[]> after) {
        double[] vector = new double[features.dimension()];
        long differing =
                sample.votes().stream()
                        .filter(
                                vote -> {
                                    features.toVector(vote.values(), vector);
                                    return before.applyAsInt(vector) != after.applyAsInt(vector);
                                })
                        .count();
        return sample.size() == 0 ? 0 : differing / (double) sample.size();
    }

    private static int segmentOf(double[] vector, double[] framed, CentroidModel model) {
        model.toFrame(vector, framed);
        return model.segmentId(model.nearest(framed));
    }

    private int slotOf(double[] vector, double[] framed, Frame frame, double[] rows) {
        frame.scale(vector, 0, framed, 0);
        return Distances.nearest(
                framed, 0, rows, rows.length / frame.dimension(), frame.dimension());
    }
}
