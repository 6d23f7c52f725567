// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Population;
import dev.segmenter.benchmarks.quality.Score.Method;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * This project's {@link Trainer}: every point is the vote of a user of its own, every batch a day of
 * event time. Logarithms are off, since these are coordinates and no counts.
 */
final class SegmenterMethod implements StreamingMethod {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long BEGIN = 20_000 * DAY;
    private static final double NEVER = 1e9;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Where the first model comes from. */
    enum First {
        /** The common start, in the frame of the points: scaler and winsorising are off. */
        COMMON,
        /** The reservoir in its own scale, winsorised. */
        OWN_SCALE,
        /** The trainer's own warm-up, scale and fit. */
        TRAINER
    }

    private final First first;

    SegmenterMethod(First first) {
        this.first = first;
    }

    @Override
    public Method method() {
        return first == First.OWN_SCALE ? Method.SEGMENTER_OWN_SCALE : Method.SEGMENTER;
    }

    @Override
    public Trace run(PointStream stream, Start start, long seed) {
        FeatureSet features = features(stream.d());
        TrainerOptions options = options(stream, seed);
        Trainer trainer = new Trainer(features, options);
        int trained = first == First.TRAINER ? 0 : stream.startBatches();
        if (first == First.COMMON) {
            trainer.startFrom(
                    StartSnapshot.of(start, Start.identity(stream.d()), features, options));
        } else if (first == First.OWN_SCALE) {
            trainer.startFrom(StartSnapshot.ofOwnScale(stream, seed, features, options));
        }
        List<Trace.Step> steps = new ArrayList<>();
        long nanos = 0;
        for (int batch = trained; batch < stream.batches(); batch++) {
            if (batch >= stream.startBatches()) {
                steps.add(step(trainer.current()));
            }
            long before = System.nanoTime();
            feed(stream, batch, trainer, features);
            nanos += System.nanoTime() - before;
        }
        trainer.finish(BEGIN + stream.batches() * DAY);
        steps.add(step(trainer.current()));
        return new Trace(steps, (stream.size() - stream.from(trained)) * NANOS_PER_SECOND / nanos);
    }

    private static void feed(PointStream stream, int batch, Trainer trainer, FeatureSet features) {
        int from = stream.from(batch);
        int to = stream.from(batch + 1);
        for (int i = from; i < to; i++) {
            long time = BEGIN + batch * DAY + 1 + (i - from) * (DAY - 1) / (to - from);
            trainer.onVote(vote(stream.point(i), i, time, features.fingerprint()));
        }
        trainer.advanceTo(BEGIN + (batch + 1) * DAY);
    }

    private static Vote vote(double[] point, int user, long time, long fingerprint) {
        long hash = Hashes.of(user, 1);
        return new Vote(false, hash, time, 0, Hashes.of(hash, 0), fingerprint, point);
    }

    private static Trace.Step step(Optional<CentroidSnapshot> snapshot) {
        CentroidSnapshot model = snapshot.orElseThrow();
        return new Trace.Step(
                model.getCentroids().stream().mapToInt(c -> c.getSegmentId()).toArray(),
                model.getCentroids().stream()
                        .flatMap(c -> c.getVector().stream())
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    private TrainerOptions options(PointStream stream, long seed) {
        boolean frozen = first == First.COMMON;
        Map<String, String> options =
                Map.of(
                        "features",
                        "browsing",
                        "model.k",
                        Integer.toString(stream.k()),
                        "model.vote-interval",
                        "1d",
                        "model.batch-interval",
                        "1d",
                        "model.snapshot-interval",
                        stream.snapshotBatches() + "d",
                        "model.half-life",
                        stream.halfLife() + "d",
                        // Half a day before the boundary: the first vote comes a little after the
                        // first day begins.
                        "model.warm-up",
                        (24 * stream.startBatches() - 12) + "h",
                        "model.rescale-tolerance",
                        frozen ? Double.toString(NEVER) : "0.2");
        return Population.replayConfig(seed, options).trainer();
    }

    /** d numbers that are clustered as they are; the short window is full when the first model is made. */
    private static FeatureSet features(int d) {
        return FeatureSet.of(
                IntStream.range(0, d)
                        .mapToObj(
                                i ->
                                        new FeatureSpec(
                                                "x" + (i + 1),
                                                FeatureKind.COUNT,
                                                Set.of(),
                                                null,
                                                Duration.ofDays(1),
                                                null,
                                                null,
                                                Transform.NONE,
                                                true,
                                                null,
                                                null))
                        .toList());
    }
}
