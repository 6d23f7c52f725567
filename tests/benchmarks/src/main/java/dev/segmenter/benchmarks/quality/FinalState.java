// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import java.util.List;

/**
 * What a run of the segmenter leaves behind.
 *
 * @param model the newest version
 * @param users the live ones, in order of appearance
 * @param events that counted
 */
public record FinalState(FeatureSet features, CentroidModel model, List<User> users, long events) {

    public FinalState {
        users = List.copyOf(users);
        if (model == null) {
            throw new IllegalArgumentException(
                    "the run ended without a model; give it more users or more time");
        }
    }

    /**
     * A live user.
     *
     * @param segmentId the segment it is in
     * @param values every declared feature in its own unit (n entries)
     */
    public record User(String id, int segmentId, double[] values) {}

    /** Segment of each user. */
    public int[] segments() {
        return users.stream().mapToInt(User::segmentId).toArray();
    }

    /** The users' vectors in the model's frame, row by row (users x d, in sigmas). */
    public double[] points() {
        int d = model.dimension();
        double[] points = new double[users.size() * d];
        double[] vector = new double[d];
        for (int i = 0; i < users.size(); i++) {
            features.toVector(users.get(i).values(), vector);
            model.frame().scale(vector, 0, points, i * d);
        }
        return points;
    }

    /** The model's centroids in its frame, row by row (k x d, in sigmas). */
    public double[] centroids() {
        int d = model.dimension();
        double[] centroids = new double[model.size() * d];
        for (int slot = 0; slot < model.size(); slot++) {
            for (int i = 0; i < d; i++) {
                centroids[slot * d + i] = model.scaledCentroid(slot, i);
            }
        }
        return centroids;
    }
}
