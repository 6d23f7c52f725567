// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.model.train.TrainerKernel;
import dev.segmenter.model.train.TrainerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Training on votes, a vote; d = 16. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrainBenchmark {
    private static final int VOTES = 1 << 12;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Param({"8", "64"})
    public int k;

    private final FeatureSet features = Shop.features("wide");
    private double[][] values;
    private Trainer trainer;
    private TrainerKernel points;
    private TrainerKernel votes;
    private final List<Vote> pointBatch = new ArrayList<>();
    private final List<Vote> voteBatch = new ArrayList<>();
    private long boundary;

    /** Starts the trainer from a model. */
    @Setup
    public void start() {
        values = Shop.values(features, VOTES, 10);
        trainer = new Trainer(features, options());
        trainer.startFrom(ModelOf.snapshot(features, k, 11));
        boundary = Shop.START;
        FeatureSet plain = Shop.plain(features.dimension());
        points = new TrainerKernel(ModelOf.snapshot(plain, k, 11), plain);
        votes = new TrainerKernel(ModelOf.snapshot(features, k, 11), features);
        for (int i = 0; i < VOTES; i++) {
            double[] vector = new double[features.dimension()];
            features.toVector(values[i], vector);
            pointBatch.add(vote(i, vector));
            voteBatch.add(vote(i, values[i]));
        }
    }

    /** The inner loop on points that need no transform. */
    @Benchmark
    @OperationsPerInvocation(VOTES)
    public double trainerKernel() {
        return points.train(pointBatch);
    }

    /** The inner loop on votes: counts, sums and ratios, which enter by log1p. */
    @Benchmark
    @OperationsPerInvocation(VOTES)
    public double trainerKernelOnVotes() {
        return votes.train(voteBatch);
    }

    private TrainerOptions options() {
        return new TrainerOptions(
                "benchmark",
                k,
                "euclidean",
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofDays(365),
                Duration.ofDays(90),
                Duration.ofDays(1),
                Duration.ofMinutes(10),
                5_000,
                100_000,
                20,
                0.2,
                42);
    }

    /** The whole trainer: a batch of votes is buffered, ordered, trained on and sampled. */
    @Benchmark
    @OperationsPerInvocation(VOTES)
    public long trainer() {
        for (int i = 0; i < VOTES; i++) {
            trainer.onVote(vote(i, values[i]));
        }
        boundary += HOUR;
        trainer.advanceTo(boundary);
        return trainer.batches();
    }

    private Vote vote(int i, double[] numbers) {
        long userHash = Hashes.of(i, 1);
        long interval = Math.floorDiv(boundary, Shop.DAY);
        return new Vote(
                false,
                userHash,
                boundary + 1 + i,
                interval,
                Hashes.of(userHash, boundary),
                features.fingerprint(),
                numbers);
    }
}
