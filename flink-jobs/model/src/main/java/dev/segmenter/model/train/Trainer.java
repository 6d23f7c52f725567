// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/**
 * Trains the model on votes and says when to publish it, by event time alone: batches close on one
 * grid, snapshots fall on a coarser one, a first model comes after the warm-up and refits follow
 * while windows fill ({@link FitSchedule}). Nothing depends on the order in which votes arrive
 * between two watermarks, nor on when the watermarks come, late votes apart.
 *
 * <p>Not thread-safe. The arithmetic is in {@link OnlineKMeans} and {@link ModelFit}.
 */
public final class Trainer {
    private static final byte STATE_VERSION = 1;

    private final FeatureSet features;
    private final TrainerOptions options;
    private final SnapshotFactory snapshots;
    private final FitSchedule schedule;
    private final Set<Long> erased = new HashSet<>();
    private VoteBuffer buffer;
    private VoteSample reservoir;
    private QualityMonitor monitor;
    private Labeller labeller;
    private OnlineKMeans model;
    private CentroidSnapshot current;
    private int nextSegmentId = 1;
    private double rescaleRelabelled;
    private boolean carriedOver;
    private long refused;
    private long batches;

    public Trainer(FeatureSet features, TrainerOptions options) {
        TrainerOptions.requireFit(options, features);
        this.features = features;
        this.options = options;
        this.snapshots = new SnapshotFactory(features, options);
        this.schedule = new FitSchedule(options, features.largestClusteredWindow().toMillis());
        this.buffer = new VoteBuffer(options.batchInterval().toMillis(), options.maxVotes());
        this.reservoir = new VoteSample(options.reservoirSize());
        this.monitor = new QualityMonitor(features);
        this.labeller = new Labeller(features);
    }

    /** Buffers a vote for its batch; an erasure removes the user's votes that are still held. */
    public void onVote(Vote vote) {
        if (vote.erasure()) {
            erased.add(vote.userHash());
        } else if (vote.fingerprint() != features.fingerprint() || !isFinite(vote.values())) {
            refused++;
        } else {
            if (erased.contains(vote.userHash())) {
                forgetErased();
            }
            buffer.add(vote);
        }
    }

    private boolean isFinite(double[] values) {
        return values.length == features.size() && Arrays.stream(values).allMatch(Double::isFinite);
    }

    /** Erasures are gathered, so that many of them cost one pass over the votes held. */
    private void forgetErased() {
        if (!erased.isEmpty()) {
            buffer.removeUsers(erased);
            reservoir.removeUsers(erased);
            monitor.removeUsers(erased);
            erased.clear();
        }
    }

    /** Closes all batches with a boundary up to the watermark; returns the snapshots to publish, in order. */
    public List<CentroidSnapshot> advanceTo(long watermark) {
        forgetErased();
        List<CentroidSnapshot> published = new ArrayList<>();
        if (carriedOver) {
            long now = Math.max(buffer.closedUpTo(), current.getCreatedAt().toEpochMilli());
            published.add(publish(now, effectiveFrom(now)));
        }
        for (long due = nextDue(); due <= watermark; due = nextDue()) {
            close(due).ifPresent(published::add);
        }
        buffer.closeUpTo(watermark);
        return published;
    }

    /** The next boundary at which anything happens; Long.MAX_VALUE if only a vote can bring one. */
    private long nextDue() {
        long due =
                buffer.firstBoundary() == VoteBuffer.NONE ? Long.MAX_VALUE : buffer.firstBoundary();
        if (model == null && reservoir.size() >= options.leastFitVotes()) {
            long fit = buffer.boundaryOf(schedule.firstFit());
            return fit > buffer.closedUpTo() ? Math.min(due, fit) : due;
        }
        if (model != null && monitor.votes() > 0) {
            long interval = options.snapshotInterval().toMillis();
            return Math.min(due, snapshotBoundary(buffer.closedUpTo()) + interval);
        }
        return due;
    }

    /** Greatest boundary of the snapshot grid at or before a moment. */
    private long snapshotBoundary(long time) {
        long interval = options.snapshotInterval().toMillis();
        return Math.floorDiv(time, interval) * interval;
    }

    private long effectiveFrom(long boundary) {
        return boundary + options.activationDelay().toMillis();
    }

    private Optional<CentroidSnapshot> close(long boundary) {
        train(boundary);
        if (model == null) {
            boolean due =
                    boundary >= schedule.firstFit() && reservoir.size() >= options.leastFitVotes();
            return due && fit(boundary)
                    ? Optional.of(publish(boundary, effectiveFrom(boundary)))
                    : Optional.empty();
        }
        if (snapshotBoundary(boundary) != boundary || monitor.votes() == 0) {
            return Optional.empty();
        }
        boolean refitted =
                schedule.refitDue(boundary)
                        && reservoir.size() >= options.leastFitVotes()
                        && fit(boundary);
        if (!refitted) {
            rescale();
        }
        return Optional.of(publish(boundary, effectiveFrom(boundary)));
    }

    private void train(long boundary) {
        VoteSample batch = buffer.take(boundary);
        if (batch == null) {
            return;
        }
        batches++;
        schedule.observe(batch.votes().stream().mapToLong(Vote::time).min().getAsLong());
        if (model == null) {
            monitor.observe(batch);
        } else {
            double span =
                    options.batchInterval().toMillis() / (double) options.halfLife().toMillis();
            OnlineKMeans.Batch result = model.train(batch.votes(), span, options.k());
            refused += batch.size() - result.votes();
            monitor.observe(batch, result);
        }
        if (model == null || schedule.collects(boundary)) {
            reservoir.addAll(batch);
        } else {
            reservoir.clear();
        }
    }

    /** Fits a model to the reservoir and empties it; false if no vote in it can take part. */
    private boolean fit(long now) {
        long version = current == null ? 1 : current.getVersion() + 1;
        Random random = new Random(Hashes.of(options.seed(), version));
        Optional<OnlineKMeans> fitted = ModelFit.fit(reservoir.votes(), features, options, random);
        if (fitted.isEmpty()) {
            return false;
        }
        OnlineKMeans fresh = fitted.get();
        nextSegmentId = SegmentIds.assign(fresh, model, nextSegmentId);
        if (model != null) {
            useFrame(fresh.frame());
        }
        model = fresh;
        reservoir.clear();
        schedule.fitted(now);
        return true;
    }

    /** Takes the population's frame of now if a sigma has left the tolerance or a feature has come to life. */
    private void rescale() {
        Frame now = model.populationFrame(options.leastFitVotes());
        for (int i = 0; i < now.dimension(); i++) {
            double used = model.frame().sigma()[i];
            if (Math.abs(now.sigma()[i] - used) > options.rescaleTolerance() * used) {
                useFrame(now);
                return;
            }
        }
    }

    private void useFrame(Frame frame) {
        rescaleRelabelled = monitor.relabelledBy(frame, model);
        model.useFrame(frame);
        monitor.frameChanged();
    }

    private CentroidSnapshot publish(long now, long effectiveFrom) {
        List<String> labels = labeller.label(model.segmentIds(), model.deviations());
        boolean observed = schedule.observedSince() != VoteBuffer.NONE;
        CentroidSnapshot snapshot =
                snapshots.create(
                        model,
                        labels,
                        nextSegmentId,
                        current,
                        new SnapshotFactory.Moments(
                                now,
                                effectiveFrom,
                                observed ? schedule.observedSince() : now,
                                schedule.warming(now)));
        snapshot.setRescaleRelabelled(rescaleRelabelled);
        monitor.complete(snapshot, current);
        rescaleRelabelled = 0;
        carriedOver = false;
        current = snapshot;
        return snapshot;
    }

    /**
     * Ends a replay, after advanceTo(endTime): without a model yet, fits one to all votes there are and
     * makes it effective at endTime. If the caller has not advanced that far, what is left is trained
     * on and published as one snapshot.
     */
    public Optional<CentroidSnapshot> finish(long endTime) {
        forgetErased();
        long lastBoundary = snapshotBoundary(endTime);
        boolean missed = lastBoundary > buffer.closedUpTo();
        while (buffer.firstBoundary() != VoteBuffer.NONE && buffer.firstBoundary() <= endTime) {
            train(buffer.firstBoundary());
        }
        if (model == null) {
            train(buffer.boundaryOf(endTime));
            return reservoir.size() > 0 && fit(endTime)
                    ? Optional.of(publish(endTime, endTime))
                    : Optional.empty();
        }
        buffer.closeUpTo(endTime);
        if (!missed || monitor.votes() == 0) {
            return Optional.empty();
        }
        rescale();
        return Optional.of(publish(lastBoundary, effectiveFrom(lastBoundary)));
    }

    /**
     * Starts from a given model instead of fitting one; it is followed by decay and never refitted. Refuses
     * another model name, measure or feature set, and a trainer that has a model already.
     */
    public void startFrom(CentroidSnapshot initial) {
        if (current != null || buffer.votes() > 0) {
            throw new IllegalStateException(
                    "a trainer that has begun cannot start from snapshot version "
                            + initial.getVersion());
        }
        requireSame("model.name", options.modelName(), initial.getModelName());
        requireSame("model.measure", options.measure(), initial.getMeasure());
        if (initial.getFingerprint() != features.fingerprint()) {
            throw new IllegalArgumentException(
                    "features: the initial snapshot was trained on "
                            + initial.getFeatureNames()
                            + " (fingerprint "
                            + initial.getFingerprint()
                            + "), the configuration declares other features or definitions"
                            + " (fingerprint "
                            + features.fingerprint()
                            + "); use the same features, or start without an initial model");
        }
        CentroidModel.of(initial);
        model = OnlineKMeans.of(initial, features);
        List<Centroid> centroids = initial.getCentroids();
        double[][] deviations = model.deviations();
        for (int j = 0; j < centroids.size(); j++) {
            Centroid centroid = centroids.get(j);
            labeller.adopt(centroid.getSegmentId(), centroid.getLabel(), deviations[j]);
        }
        nextSegmentId = initial.getNextSegmentId();
        current = initial;
        schedule.stopRefits();
    }

    private static void requireSame(String key, String configured, String found) {
        if (!configured.equals(found)) {
            throw new IllegalArgumentException(
                    key
                            + ": '"
                            + configured
                            + "' does not fit a model of '"
                            + found
                            + "'; use '"
                            + found
                            + "', or start without that model");
        }
    }

    /** The newest snapshot, published or started from. */
    public Optional<CentroidSnapshot> current() {
        return Optional.ofNullable(current);
    }

    /** Votes accepted, the late ones among them. */
    public long votes() {
        return buffer.votes();
    }

    /** Votes that came after their batch had closed and joined the open one. */
    public long lateVotes() {
        return buffer.late();
    }

    /** Votes left out because their batch was full of votes of lower priority. */
    public long thinnedVotes() {
        return buffer.thinned();
    }

    /** Votes refused: of another feature set, not finite, or without direction under the cosine measure. */
    public long refusedVotes() {
        return refused;
    }

    /** Batches with votes that have closed. */
    public long batches() {
        return batches;
    }

    /** Mean squared distance of the last batch's votes before its update, sigmas squared. */
    public OptionalDouble lastInertia() {
        return monitor.lastInertia();
    }

    /** Simplified silhouette at the last snapshot, -1 to 1. */
    public OptionalDouble lastSilhouette() {
        return monitor.lastSilhouette();
    }

    /** Deviation of the last batch's inertia from its running mean, in running deviations. */
    public OptionalDouble driftScore() {
        return monitor.driftScore();
    }

    /** Writes the whole state: a version byte, the feature set it belongs to, then the parts. */
    public void write(DataOutput out) throws IOException {
        forgetErased();
        out.writeByte(STATE_VERSION);
        out.writeUTF(options.modelName());
        out.writeUTF(options.measure());
        out.writeLong(features.fingerprint());
        FeatureMapping.write(features, out);
        buffer.write(out);
        schedule.write(out);
        reservoir.write(out);
        monitor.write(out);
        labeller.write(out);
        out.writeInt(nextSegmentId);
        out.writeLong(refused);
        out.writeLong(batches);
        out.writeBoolean(carriedOver);
        Snapshots.writeNullable(current, out);
        out.writeBoolean(model != null);
        if (model != null) {
            model.write(out);
        }
    }

    /**
     * Restores a trainer that goes on exactly as the written one would have. Under a changed feature set
     * the model is carried over (new features start inactive), the votes held are dropped, and a snapshot
     * with the new fingerprint is due at the next advanceTo; without any common clustered feature
     * a new model is fitted. Refuses another model name, measure or state version.
     */
    public static Trainer read(FeatureSet features, TrainerOptions options, DataInput in)
            throws IOException {
        byte version = in.readByte();
        if (version != STATE_VERSION) {
            throw new IOException(
                    "trainer state has version " + version + ", expected " + STATE_VERSION);
        }
        requireSame("model.name", options.modelName(), in.readUTF());
        requireSame("model.measure", options.measure(), in.readUTF());
        Trainer trainer = new Trainer(features, options);
        boolean sameFeatures = in.readLong() == features.fingerprint();
        FeatureMapping mapping = FeatureMapping.read(features, in);
        trainer.readParts(in);
        trainer.readModel(mapping, in);
        if (!sameFeatures) {
            trainer.adaptTo(mapping);
        }
        return trainer;
    }

    private void readParts(DataInput in) throws IOException {
        buffer = VoteBuffer.read(options, features.fingerprint(), in);
        schedule.read(in);
        reservoir = VoteSample.read(options.reservoirSize(), features.fingerprint(), in);
        monitor = QualityMonitor.read(features, in);
        labeller = Labeller.read(features, in);
        nextSegmentId = in.readInt();
        refused = in.readLong();
        batches = in.readLong();
        carriedOver = in.readBoolean();
    }

    private void readModel(FeatureMapping mapping, DataInput in) throws IOException {
        current = Snapshots.readNullable(in);
        if (in.readBoolean()) {
            model = OnlineKMeans.read(features, mapping, in);
        }
    }

    /** Drops the votes held, which lack the new features, and has the model published under its new fingerprint. */
    private void adaptTo(FeatureMapping mapping) {
        buffer.clear();
        reservoir.clear();
        monitor.forgetVotes();
        monitor.frameChanged();
        if (!mapping.keepsAny()) {
            model = null;
        }
        carriedOver = model != null;
    }
}
