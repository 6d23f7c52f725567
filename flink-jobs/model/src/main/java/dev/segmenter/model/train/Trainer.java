// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Trains the model on votes and says when to publish it, by event time alone: batches close on one
 * grid, snapshots fall on a coarser one, a first model comes after the warm-up and refits follow
 * while windows fill ({@link FitSchedule}). Nothing depends on the order in which votes arrive
 * between two watermarks, nor on when the watermarks come, late votes apart.
 *
 * <p>Not thread-safe. The arithmetic is in {@link OnlineKMeans} and {@link ModelFit}.
 */
public final class Trainer {
    private final FeatureSet features;
    private final TrainerOptions options;
    private final SnapshotFactory snapshots;
    private final TrainerState state;
    private final SnapshotGrid grid;
    private final VoteCheck check;
    private double rescaleRelabelled;
    private List<SegmentFate> fates = List.of();

    public Trainer(FeatureSet features, TrainerOptions options) {
        this(features, options, new TrainerState(features, options));
    }

    private Trainer(FeatureSet features, TrainerOptions options, TrainerState state) {
        TrainerOptions.requireFit(options, features);
        this.features = features;
        this.options = options;
        this.snapshots = new SnapshotFactory(features, options);
        this.state = state;
        this.grid = new SnapshotGrid(options);
        this.check = new VoteCheck(features);
    }

    /** Names segments as the operator wants, from the next snapshot on; segments left out get generated labels. */
    public void useLabels(SegmentLabels labels) {
        state.labeller.useLabels(labels);
    }

    /** Buffers a vote for its batch; an erasure removes the user's votes so far when the batch of its time closes. */
    public void onVote(Vote vote) {
        if (vote.erasure()) {
            state.erasures.add(vote.userHash(), vote.time());
        } else if (!check.canTakePart(vote)) {
            state.refused++;
        } else {
            state.buffer.add(vote);
        }
    }

    private void forgetErased(long boundary) {
        Map<Long, Long> erased = state.erasures.take(boundary);
        if (!erased.isEmpty()) {
            state.buffer.forget(erased);
            state.reservoir.forget(erased);
            state.monitor.forget(erased);
            state.life.forget(erased);
            state.watch.forget(erased);
        }
    }

    /** Closes all batches with a boundary up to the watermark; returns the snapshots to publish, in order. */
    public List<CentroidSnapshot> advanceTo(long watermark) {
        List<CentroidSnapshot> published = new ArrayList<>();
        if (state.carriedOver) {
            long now =
                    Math.max(
                            state.buffer.closedUpTo(), state.current.getCreatedAt().toEpochMilli());
            published.add(publish(now, grid.effectiveFrom(now)));
        }
        for (long due = nextDue(); due <= watermark; due = nextDue()) {
            close(due).ifPresent(published::add);
        }
        state.buffer.closeUpTo(watermark);
        return published;
    }

    /** The next boundary at which anything happens; Long.MAX_VALUE if only a vote can bring one. */
    private long nextDue() {
        long due =
                state.buffer.firstBoundary() == VoteBuffer.NONE
                        ? Long.MAX_VALUE
                        : state.buffer.firstBoundary();
        if (state.model == null && state.reservoir.size() >= options.leastFitVotes()) {
            long fit = state.buffer.boundaryOf(state.schedule.firstFit());
            return fit > state.buffer.closedUpTo() ? Math.min(due, fit) : due;
        }
        if (state.model != null && state.monitor.votes() > 0) {
            return Math.min(due, grid.next(state.buffer.closedUpTo()));
        }
        return due;
    }

    private Optional<CentroidSnapshot> close(long boundary) {
        train(boundary);
        if (state.model == null) {
            boolean due =
                    boundary >= state.schedule.firstFit()
                            && state.reservoir.size() >= options.leastFitVotes();
            return due && fit(boundary)
                    ? Optional.of(publish(boundary, grid.effectiveFrom(boundary)))
                    : Optional.empty();
        }
        if (grid.boundary(boundary) != boundary || state.monitor.votes() == 0) {
            return Optional.empty();
        }
        boolean refitted =
                state.schedule.refitDue(boundary)
                        && state.reservoir.size() >= options.leastFitVotes()
                        && fit(boundary);
        if (!refitted) {
            rescale();
            fates = state.restructure(boundary);
        }
        return Optional.of(publish(boundary, grid.effectiveFrom(boundary)));
    }

    private void train(long boundary) {
        forgetErased(boundary);
        VoteSample batch = state.buffer.take(boundary);
        if (batch == null) {
            return;
        }
        state.batches++;
        state.schedule.observe(batch.votes().stream().mapToLong(Vote::time).min().getAsLong());
        if (state.model == null) {
            state.monitor.observe(batch);
        } else {
            learn(boundary, batch);
        }
        if (state.model == null || state.schedule.collects(boundary)) {
            state.reservoir.addAll(batch);
            state.life.forgetVotes();
        } else {
            state.reservoir.clear();
            state.life.observe(batch);
        }
    }

    private void learn(long boundary, VoteSample batch) {
        Forgetting forgetting = state.watch.forgetting();
        OnlineKMeans.Batch result = state.model.train(batch.votes(), forgetting);
        state.refused += batch.size() - result.votes();
        state.monitor.observe(batch, result);
        state.watch.observe(
                boundary,
                batch,
                result,
                forgetting,
                state.model.frame(),
                state.schedule.warming(boundary));
    }

    /** Fits a model to the reservoir and empties it; false if no vote in it can take part. */
    private boolean fit(long now) {
        long version = state.current == null ? 1 : state.current.getVersion() + 1;
        long seed = Hashes.of(options.seed(), version);
        Random random = new Random(seed);
        Optional<OnlineKMeans> fitted =
                ModelFit.fit(state.reservoir.votes(), features, options, random);
        if (fitted.isEmpty()) {
            return false;
        }
        OnlineKMeans fresh = fitted.get();
        state.nextSegmentId = SegmentIds.assign(fresh, state.model, state.nextSegmentId);
        if (state.model != null) {
            useFrame(fresh.frame());
        }
        state.model = fresh;
        state.watch.refitted(state.reservoir.votes(), fresh.frame(), seed);
        state.reservoir.clear();
        state.schedule.fitted(now);
        return true;
    }

    /** Takes the population's frame of now if a sigma has left the tolerance or a feature has come to life. */
    private void rescale() {
        state.model
                .renewedFrame(options.leastFitVotes(), options.rescaleTolerance())
                .ifPresent(this::useFrame);
    }

    private void useFrame(Frame frame) {
        rescaleRelabelled = state.monitor.relabelledBy(frame, state.model);
        state.model.useFrame(frame);
        state.monitor.frameChanged();
        state.watch.useFrame(frame);
    }

    private CentroidSnapshot publish(long now, long effectiveFrom) {
        List<String> labels =
                state.labeller.label(state.model.segmentIds(), snapshots.deviations(state.model));
        CentroidSnapshot snapshot =
                snapshots.create(
                        state.model,
                        labels,
                        state.nextSegmentId,
                        state.current,
                        state.schedule.moments(now, effectiveFrom));
        snapshot.setRescaleRelabelled(rescaleRelabelled);
        state.watch.complete(snapshot, state.current, state.model, state.monitor.sample());
        state.monitor.complete(snapshot, state.current, state.model);
        SnapshotFactory.tell(snapshot, fates);
        rescaleRelabelled = 0;
        fates = List.of();
        state.carriedOver = false;
        state.current = snapshot;
        return snapshot;
    }

    /**
     * Ends a replay, after advanceTo(endTime): without a model yet, fits one to all votes there are and
     * makes it effective at endTime. If the caller has not advanced that far, what is left is trained
     * on and published as one snapshot.
     */
    public Optional<CentroidSnapshot> finish(long endTime) {
        long lastBoundary = grid.boundary(endTime);
        boolean missed = lastBoundary > state.buffer.closedUpTo();
        while (state.buffer.firstBoundary() != VoteBuffer.NONE
                && state.buffer.firstBoundary() <= endTime) {
            train(state.buffer.firstBoundary());
        }
        if (state.model == null) {
            train(state.buffer.boundaryOf(endTime));
            return state.reservoir.size() > 0 && fit(endTime)
                    ? Optional.of(publish(endTime, endTime))
                    : Optional.empty();
        }
        state.buffer.closeUpTo(endTime);
        if (!missed || state.monitor.votes() == 0) {
            return Optional.empty();
        }
        rescale();
        return Optional.of(publish(lastBoundary, grid.effectiveFrom(lastBoundary)));
    }

    /**
     * Starts from a given model instead of fitting one, and returns it as the next version, which is
     * effective from the beginning of time; it is followed by decay and never refitted. Refuses another
     * model name, measure or feature set, and a trainer that has a model already.
     */
    public CentroidSnapshot startFrom(CentroidSnapshot initial) {
        if (state.current != null || state.buffer.votes() > 0) {
            throw new IllegalStateException(
                    "a trainer that has begun cannot start from snapshot version "
                            + initial.getVersion());
        }
        Compatibility.require(initial, features, options);
        CentroidModel.of(initial);
        state.startFrom(initial, OnlineKMeans.of(initial, features), snapshots);
        return state.current;
    }

    /** The newest snapshot. */
    public Optional<CentroidSnapshot> current() {
        return Optional.ofNullable(state.current);
    }

    /** Votes accepted, the late ones among them. */
    public long votes() {
        return state.buffer.votes();
    }

    /** Votes that came after their batch had closed and joined the open one. */
    public long lateVotes() {
        return state.buffer.late();
    }

    /** Votes left out because their batch was full of votes of lower priority. */
    public long thinnedVotes() {
        return state.buffer.thinned();
    }

    /** Votes refused: of another feature set, not finite, or without direction under the cosine measure. */
    public long refusedVotes() {
        return state.refused;
    }

    /** Batches with votes that have closed. */
    public long batches() {
        return state.batches;
    }

    /** Mean squared distance of the last batch's votes before its update, sigmas squared. */
    public OptionalDouble lastInertia() {
        return state.monitor.lastInertia();
    }

    /** Simplified silhouette at the last snapshot, -1 to 1. */
    public OptionalDouble lastSilhouette() {
        return state.monitor.lastSilhouette();
    }

    /** Deviation of the last batch's inertia from its running mean, in running deviations. */
    public OptionalDouble driftScore() {
        return state.monitor.driftScore();
    }

    /** Drift alarms raised so far. */
    public long driftAlarms() {
        return state.watch.alarms();
    }

    /** Whether a drift alarm lasts, so that the half-life is shortened. */
    public boolean drifting() {
        return state.watch.alarmed();
    }

    /** Half-life in force, event time. */
    public Duration halfLife() {
        return state.watch.halfLife();
    }

    /** Writes the whole state, its version first. */
    public void write(DataOutput out) throws IOException {
        state.write(features, options, out);
    }

    /**
     * Restores a trainer that goes on exactly as the written one would have. Under a changed feature set
     * the model is carried over (new features start inactive), the votes held are dropped, and a snapshot
     * with the new fingerprint is due at the next advanceTo; without any common clustered feature
     * a new model is fitted. Refuses another model name, measure or state version.
     */
    public static Trainer read(FeatureSet features, TrainerOptions options, DataInput in)
            throws IOException {
        return new Trainer(features, options, TrainerState.read(features, options, in));
    }
}
