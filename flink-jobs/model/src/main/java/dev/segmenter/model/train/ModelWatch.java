// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Drift;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What stands beside the model and watches it: the drift detector and the shadow models. */
final class ModelWatch {
    /** 2 adds the shadows' fits under way. */
    private static final byte VERSION = 2;

    private static final byte FIRST_VERSION = 1;

    private final FeatureSet features;
    private final TrainerOptions options;
    private DriftDetector detector;
    private ShadowModels shadows;

    ModelWatch(FeatureSet features, TrainerOptions options) {
        this.features = features;
        this.options = options;
        this.detector = new DriftDetector(options.driftSpeedUp());
        this.shadows = new ShadowModels(features, options);
    }

    /** How the next batch forgets, alarm or not. */
    Forgetting forgetting() {
        double span = options.batchInterval().toMillis() / (double) options.halfLife().toMillis();
        return detector.forgetting(span, options.k());
    }

    /** Takes a batch that the model has been trained on; while windows fill, growth is no drift. */
    void observe(
            long boundary,
            VoteSample batch,
            OnlineKMeans.Batch result,
            Forgetting forgetting,
            Frame frame,
            boolean warming) {
        shadows.train(batch, forgetting, frame);
        if (result.votes() > 0 && !warming) {
            double halvings = forgetting.halvings(result.votes());
            detector.observe(boundary, result.inertia() / result.votes(), result.decay(), halvings);
        }
    }

    /** The model was fitted anew to votes. */
    void refitted(Collection<Vote> votes, Frame frame, long seed) {
        detector.reset();
        shadows.fit(votes, frame, seed);
    }

    /** The model goes on in another frame. */
    void useFrame(Frame frame) {
        detector.forgetBaseline();
        shadows.useFrame(frame);
    }

    /** Segments of the model have divided or gone; its frame is the same. */
    void restructured() {
        detector.forgetBaseline();
    }

    /** Fills in a snapshot's drift and shadows; the sample is of the votes since its parent (null for the first). */
    void complete(
            CentroidSnapshot snapshot,
            CentroidSnapshot parent,
            OnlineKMeans model,
            VoteSample sample) {
        double[] weights = new double[model.size()];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = model.weight(j);
        }
        SampleDistances distances = SampleDistances.of(sample, features, model);
        snapshot.setDrift(
                new Drift(
                        detector.alarmed() ? Instant.ofEpochMilli(detector.since()) : null,
                        Doubles.nullable(detector.level()),
                        halfLife().toMillis(),
                        Doubles.nullable(CentroidShift.between(parent, snapshot)),
                        Doubles.nullable(distances.mixDistance(weights))));
        snapshot.setShadows(shadows.figures(sample));
    }

    /** In force, event time. */
    Duration halfLife() {
        return Duration.ofMillis(Math.round(options.halfLife().toMillis() / detector.speedUp()));
    }

    /** Alarms raised so far. */
    long alarms() {
        return detector.alarms();
    }

    boolean alarmed() {
        return detector.alarmed();
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        shadows.forget(timeByUser);
    }

    /** Goes on under another feature set. */
    void adaptTo(FeatureMapping mapping) {
        detector.reset();
        shadows.adaptTo(mapping);
    }

    /** A version byte, then the parts. */
    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        detector.write(out);
        shadows.write(out);
    }

    static ModelWatch read(
            FeatureSet features, TrainerOptions options, FeatureMapping mapping, DataInput in)
            throws IOException {
        byte version = in.readByte();
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IOException(
                    "state of the model's watch has version "
                            + version
                            + ", expected "
                            + FIRST_VERSION
                            + " to "
                            + VERSION);
        }
        ModelWatch watch = new ModelWatch(features, options);
        watch.detector = DriftDetector.read(options.driftSpeedUp(), in);
        watch.shadows = ShadowModels.read(features, options, mapping, version == FIRST_VERSION, in);
        return watch;
    }
}
