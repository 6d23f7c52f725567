// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A sample of votes as the trainer's fits see it, and snapshots of centroids that were fitted to it elsewhere. */
public final class SampleFit {
    private final List<Vote> votes;
    private final FeatureSet features;
    private final TrainerOptions options;
    private final Frame frame;

    private SampleFit(List<Vote> votes, FeatureSet features, TrainerOptions options, Frame frame) {
        this.votes = votes;
        this.features = features;
        this.options = options;
        this.frame = frame;
    }

    /** Measures the frame of some votes; under the cosine measure those without direction are left out. */
    public static SampleFit of(
            Collection<Vote> votes, FeatureSet features, TrainerOptions options) {
        Frame frame = ModelFit.frameOf(votes, features, options.cosine());
        List<Vote> usable = new ArrayList<>();
        double[] vector = new double[features.dimension()];
        double[] framed = new double[features.dimension()];
        for (Vote vote : votes) {
            features.toVector(vote.values(), vector);
            if (frame.scale(vector, 0, framed, 0) > 0 || !frame.cosine()) {
                usable.add(vote);
            }
        }
        return new SampleFit(usable, features, options, frame);
    }

    /** Mean and sigma, as far as one absurd vote cannot stretch them. */
    public Frame frame() {
        return frame;
    }

    /** The usable votes in the frame, n x d; outliers winsorised, since finding them is density's part. */
    public double[] points() {
        int d = features.dimension();
        double[] points = new double[votes.size() * d];
        double[] vector = new double[d];
        for (int i = 0; i < votes.size(); i++) {
            features.toVector(votes.get(i).values(), vector);
            frame.scale(vector, 0, points, i * d);
        }
        return points;
    }

    /**
     * When a snapshot is made and where it leads on from.
     *
     * @param time of the votes, event time, ms
     * @param observedSince event time of the first event behind them, ms
     * @param running the model to continue: ids and labels of centroids that lie near its own, and its version
     */
    public record Origin(long time, long observedSince, Optional<CentroidSnapshot> running) {}

    /**
     * The first snapshot around rows (k x d, in the frame), the next version of the running model if there is
     * one. A running model of other features or another measure gives its version and keeps its ids
     * to itself.
     */
    public CentroidSnapshot snapshot(double[] rows, SegmentLabels own, Origin origin) {
        OnlineKMeans model = OnlineKMeans.around(rows, features, frame, votes);
        CentroidSnapshot parent = origin.running().orElse(null);
        OnlineKMeans old = comparable(parent) ? OnlineKMeans.of(parent, features) : null;
        int next = SegmentIds.assign(model, old, parent == null ? 1 : parent.getNextSegmentId());
        SnapshotFactory snapshots = new SnapshotFactory(features, options);
        Labeller labeller = new Labeller(features, 1);
        labeller.useLabels(own);
        if (old != null) {
            double[][] deviations = snapshots.deviations(old);
            for (int j = 0; j < deviations.length; j++) {
                Centroid centroid = parent.getCentroids().get(j);
                labeller.adopt(centroid.getSegmentId(), centroid.getLabel(), deviations[j]);
            }
        }
        List<String> labels = labeller.label(model.segmentIds(), snapshots.deviations(model));
        long window = features.largestClusteredWindow().toMillis();
        return snapshots.create(
                model,
                labels,
                next,
                parent,
                new SnapshotFactory.Moments(
                        origin.time(),
                        origin.time() + options.activationDelay().toMillis(),
                        origin.observedSince(),
                        origin.time() - origin.observedSince() < window));
    }

    private boolean comparable(CentroidSnapshot parent) {
        return parent != null
                && parent.getFingerprint() == features.fingerprint()
                && parent.getMeasure().equals(options.measure());
    }
}
