// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;

/** Opens the trainer's inner loop, which the package keeps to itself, to the benchmarks. */
public final class TrainerKernel {
    private final OnlineKMeans model;
    private final int k;

    /** Goes on from a snapshot. */
    public TrainerKernel(CentroidSnapshot snapshot, FeatureSet features) {
        model = OnlineKMeans.of(snapshot, features);
        k = snapshot.getCentroids().size();
    }

    /** Trains on one batch; returns its inertia. */
    public double train(List<Vote> votes) {
        return model.train(votes, Forgetting.usual(0.001, k)).inertia();
    }
}
