// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures of the votes since the last snapshot: their inertia, a sample of them, and drift across snapshots. */
final class QualityMonitor {
    /** Votes that relabelling and silhouette are measured on. */
    static final int SAMPLE_CAPACITY = 2000;

    private final FeatureSet features;
    private VoteSample sample = new VoteSample(SAMPLE_CAPACITY);
    private DriftScore drift = new DriftScore();
    private long votes;
    private long scored;
    private double inertia;
    private double lastInertia = Double.NaN;
    private double lastSilhouette = Double.NaN;

    QualityMonitor(FeatureSet features) {
        this.features = features;
    }

    /** Notes votes that no model has scored. */
    void observe(VoteSample batch) {
        votes += batch.size();
        sample.addAll(batch);
    }

    /** Notes votes and how the model took them. */
    void observe(VoteSample batch, OnlineKMeans.Batch result) {
        votes += result.votes();
        sample.addAll(batch);
        if (result.votes() > 0) {
            scored += result.votes();
            inertia += result.inertia();
            lastInertia = result.inertia() / result.votes();
            drift.observe(lastInertia, result.decay());
        }
    }

    /** Votes since the last snapshot. */
    long votes() {
        return votes;
    }

    /** Of the votes since the last snapshot. */
    VoteSample sample() {
        return sample;
    }

    /** Share of the sample that another frame would relabel. */
    double relabelledBy(Frame frame, OnlineKMeans model) {
        return new SampleQuality(sample, features).relabelledByFrame(model, frame);
    }

    /** Inertia under another frame is another quantity: starts its history anew. */
    void frameChanged() {
        drift.reset();
    }

    /** Fills in a snapshot's figures against its parent (null for the first) and starts anew. */
    void complete(CentroidSnapshot snapshot, CentroidSnapshot parent, OnlineKMeans model) {
        SampleQuality figures = new SampleQuality(sample, features);
        if (parent != null && parent.getFingerprint() == features.fingerprint()) {
            snapshot.setRelabelled(
                    figures.relabelled(CentroidModel.of(parent), CentroidModel.of(snapshot)));
        }
        SampleDistances distances = SampleDistances.of(sample, features, model);
        OptionalDouble silhouette = distances.silhouette();
        snapshot.setQuality(
                new Quality(
                        votes,
                        scored == 0 ? null : inertia / scored,
                        Doubles.nullable(silhouette),
                        Doubles.nullable(drift.score()),
                        Doubles.nullable(distances.daviesBouldin()),
                        Doubles.nullable(distances.outlierShare())));
        lastSilhouette = silhouette.orElse(Double.NaN);
        forgetVotes();
    }

    /** Forgets the votes since the last snapshot. */
    void forgetVotes() {
        sample.clear();
        votes = 0;
        scored = 0;
        inertia = 0;
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        sample.forget(timeByUser);
    }

    OptionalDouble lastInertia() {
        return present(lastInertia);
    }

    OptionalDouble lastSilhouette() {
        return present(lastSilhouette);
    }

    OptionalDouble driftScore() {
        return drift.score();
    }

    private static OptionalDouble present(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    void write(DataOutput out) throws IOException {
        sample.write(out);
        drift.write(out);
        out.writeLong(votes);
        out.writeLong(scored);
        out.writeDouble(inertia);
        out.writeDouble(lastInertia);
        out.writeDouble(lastSilhouette);
    }

    static QualityMonitor read(FeatureSet features, DataInput in) throws IOException {
        QualityMonitor monitor = new QualityMonitor(features);
        monitor.sample = VoteSample.read(SAMPLE_CAPACITY, features.fingerprint(), in);
        monitor.drift = DriftScore.read(in);
        monitor.votes = in.readLong();
        monitor.scored = in.readLong();
        monitor.inertia = in.readDouble();
        monitor.lastInertia = in.readDouble();
        monitor.lastSilhouette = in.readDouble();
        return monitor;
    }
}
