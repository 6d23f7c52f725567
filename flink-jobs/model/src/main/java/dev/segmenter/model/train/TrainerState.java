// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** All that a trainer remembers. */
final class TrainerState {
    /** 2 adds the life of segments and the watch. */
    private static final byte VERSION = 2;

    private static final byte FIRST_VERSION = 1;

    final FitSchedule schedule;
    VoteBuffer buffer;
    Erasures erasures = new Erasures();
    VoteSample reservoir;
    QualityMonitor monitor;
    final Labeller labeller;
    final SegmentLife life;
    ModelWatch watch;

    /** Null before the first fit. */
    OnlineKMeans model;

    /** The newest snapshot, null before the first. */
    CentroidSnapshot current;

    int nextSegmentId = 1;

    /** The feature set has changed: the model is to be published under its new fingerprint. */
    boolean carriedOver;

    long refused;
    long batches;

    TrainerState(FeatureSet features, TrainerOptions options) {
        schedule = new FitSchedule(options, features.largestClusteredWindow().toMillis());
        buffer = new VoteBuffer(options.batchInterval().toMillis(), options.maxVotes());
        reservoir = new VoteSample(options.reservoirSize());
        monitor = new QualityMonitor(features);
        labeller = new Labeller(features, reservedFor(options));
        life = new SegmentLife(features, options);
        watch = new ModelWatch(features, options);
    }

    /** Snapshots of one vote interval and one more: by then everybody has left a dead segment. */
    private static int reservedFor(TrainerOptions options) {
        long interval = options.snapshotInterval().toMillis();
        return Math.toIntExact((options.voteInterval().toMillis() + interval - 1) / interval + 1);
    }

    /** Lets segments die, divide and merge once no refit is to come that would do the same; says which did. */
    List<SegmentFate> restructure(long boundary) {
        if (schedule.collects(boundary)) {
            return List.of();
        }
        Optional<SegmentLife.Change> change = life.review(model, boundary, nextSegmentId);
        change.ifPresent(
                made -> {
                    model = made.model();
                    nextSegmentId = made.nextSegmentId();
                    monitor.frameChanged();
                    watch.restructured();
                });
        return change.map(SegmentLife.Change::fates).orElse(List.of());
    }

    /** Goes on from a given model with its labels, as the next version, without refits. */
    void startFrom(CentroidSnapshot initial, OnlineKMeans given, SnapshotFactory snapshots) {
        model = given;
        double[][] deviations = snapshots.deviations(model);
        for (int j = 0; j < deviations.length; j++) {
            Centroid centroid = initial.getCentroids().get(j);
            labeller.adopt(centroid.getSegmentId(), centroid.getLabel(), deviations[j]);
        }
        nextSegmentId = initial.getNextSegmentId();
        current = SnapshotFactory.successor(initial);
        schedule.stopRefits();
    }

    /** A version byte, what the state belongs to, then the parts. */
    void write(FeatureSet features, TrainerOptions options, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(options.modelName());
        out.writeUTF(options.measure());
        out.writeLong(features.fingerprint());
        FeatureMapping.write(features, out);
        buffer.write(out);
        erasures.write(out);
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
        life.write(out);
        watch.write(out);
    }

    /** Reads a state of the same model name and measure, and adapts it to a changed feature set. */
    static TrainerState read(FeatureSet features, TrainerOptions options, DataInput in)
            throws IOException {
        byte version = in.readByte();
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IOException(
                    "trainer state has version "
                            + version
                            + ", expected "
                            + FIRST_VERSION
                            + " to "
                            + VERSION);
        }
        Compatibility.requireSame("model.name", options.modelName(), in.readUTF());
        Compatibility.requireSame("model.measure", options.measure(), in.readUTF());
        TrainerState state = new TrainerState(features, options);
        boolean sameFeatures = in.readLong() == features.fingerprint();
        FeatureMapping mapping = FeatureMapping.read(features, in);
        state.readVotes(features, options, in);
        state.readModel(features, mapping, version == FIRST_VERSION, in);
        if (version > FIRST_VERSION) {
            state.life.read(in);
            state.watch = ModelWatch.read(features, options, mapping, in);
        }
        if (!sameFeatures) {
            state.adaptTo(mapping);
        }
        return state;
    }

    private void readVotes(FeatureSet features, TrainerOptions options, DataInput in)
            throws IOException {
        buffer = VoteBuffer.read(options, features.fingerprint(), in);
        erasures = Erasures.read(in);
        schedule.read(in);
        reservoir = VoteSample.read(options.reservoirSize(), features.fingerprint(), in);
        monitor = QualityMonitor.read(features, in);
    }

    private void readModel(FeatureSet features, FeatureMapping mapping, boolean first, DataInput in)
            throws IOException {
        labeller.read(in);
        nextSegmentId = in.readInt();
        refused = in.readLong();
        batches = in.readLong();
        carriedOver = in.readBoolean();
        current = Snapshots.readNullable(in);
        if (in.readBoolean()) {
            model = OnlineKMeans.read(features, mapping, first, in);
        }
    }

    /** The votes held lack the new features; without a clustered feature in common the model is lost too. */
    private void adaptTo(FeatureMapping mapping) {
        buffer.clear();
        reservoir.clear();
        monitor.forgetVotes();
        monitor.frameChanged();
        life.forgetVotes();
        watch.adaptTo(mapping);
        if (!mapping.keepsAny()) {
            model = null;
        }
        carriedOver = model != null;
    }
}
