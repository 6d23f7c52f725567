// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import java.util.function.ToIntFunction;

/** What a sample of votes says about the step from one model to the next. */
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
