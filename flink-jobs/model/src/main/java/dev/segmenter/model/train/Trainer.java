// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Online mini-batch k-means over votes: batches on a grid of event time, snapshots on a coarser one. */
public final class Trainer {
    public Trainer(FeatureSet features, TrainerOptions options) {
        TrainerOptions.requireFit(options, features);
    }

    /** Buffers a vote for its batch; an erasure removes the user's votes that are still held. */
    public void onVote(Vote vote) {
        throw new UnsupportedOperationException();
    }

    /** Closes all batches with a boundary up to the watermark; returns the snapshots to publish, in order. */
    public List<CentroidSnapshot> advanceTo(long watermark) {
        throw new UnsupportedOperationException();
    }

    /** End of a replay: trains on what is left up to endTime; a first model made here is effective at endTime. */
    public Optional<CentroidSnapshot> finish(long endTime) {
        throw new UnsupportedOperationException();
    }

    /** Starts from a given model; refuses another model name, measure or feature set. */
    public void startFrom(CentroidSnapshot initial) {
        throw new UnsupportedOperationException();
    }

    /** The newest snapshot, published or started from. */
    public Optional<CentroidSnapshot> current() {
        throw new UnsupportedOperationException();
    }

    /** Votes accepted, the late ones among them. */
    public long votes() {
        return 0;
    }

    /** Votes that came after their batch had closed and joined the open one. */
    public long lateVotes() {
        return 0;
    }

    /** Votes dropped because their batch held max-votes of lower priority. */
    public long thinnedVotes() {
        return 0;
    }

    /** Votes refused: another feature set, not finite, or without direction under the cosine measure. */
    public long refusedVotes() {
        return 0;
    }

    /** Batches trained on. */
    public long batches() {
        return 0;
    }

    /** Mean squared distance of the last batch's votes before its update, sigmas squared. */
    public OptionalDouble lastInertia() {
        return OptionalDouble.empty();
    }

    /** Simplified silhouette at the last snapshot, -1 to 1. */
    public OptionalDouble lastSilhouette() {
        return OptionalDouble.empty();
    }

    /** Deviation of the last batch's inertia from its running mean, in running deviations. */
    public OptionalDouble driftScore() {
        return OptionalDouble.empty();
    }

    /** Writes the whole state. */
    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Restores a trainer that goes on exactly as the written one would have. */
    public static Trainer read(FeatureSet features, TrainerOptions options, DataInput in)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
