// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * A stream of Gaussian clusters of deviation 1, one batch a day and twenty batches a half-life, whose
 * first half moves by {@value #MOVE} in every feature on a given course. Votes are all of users of their own.
 */
final class DriftingVotes {
    static final int CLUSTERS = 8;
    static final int FEATURES = 8;
    static final int HALF_LIFE = 20;
    static final int MOVE = 4;

    /** What the means of the true classes leave: the noise alone. */
    static final double REFERENCE = FEATURES;

    static final FeatureSet SET = Votes.features("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8");

    /** Between centres in a feature, if they differ in it. */
    static final double BETWEEN = 24;

    private final int batchSize;
    private final Random random;
    private final double[][] centres = new double[CLUSTERS][FEATURES];
    private final double[][] moves = new double[CLUSTERS][FEATURES];
    private final IntToDoubleFunction course;
    private long user;

    /** The course tells how far the move has come in a batch, 0 to 1. */
    DriftingVotes(int batchSize, IntToDoubleFunction course, long seed) {
        this.batchSize = batchSize;
        this.course = course;
        this.random = new Random(seed);
        for (int c = 0; c < CLUSTERS; c++) {
            for (int f = 0; f < FEATURES; f++) {
                // Corners of a cube by the bits of the cluster's number, each bit in several
                // features.
                centres[c][f] = BETWEEN * (c >> f % 3 & 1) + random.nextDouble();
                moves[c][f] = c < CLUSTERS / 2 ? random.nextBoolean() ? MOVE : -MOVE : 0;
            }
        }
    }

    static TrainerOptions options(double driftSpeedUp, List<Integer> shadowKs, long seed) {
        return new TrainerOptions(
                "drifting",
                CLUSTERS,
                "euclidean",
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(HALF_LIFE),
                Duration.ofDays(2),
                Duration.ofMinutes(10),
                5000,
                100_000,
                10,
                0.2,
                seed,
                driftSpeedUp,
                shadowKs);
    }

    double[] centre(int cluster, int batch) {
        double[] centre = centres[cluster].clone();
        for (int f = 0; f < FEATURES; f++) {
            centre[f] += course.applyAsDouble(batch) * moves[cluster][f];
        }
        return centre;
    }

    /** The next batch's votes; batches must be asked for in order. */
    List<Vote> batch(int batch) {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            double[] values = centre(random.nextInt(CLUSTERS), batch);
            for (int f = 0; f < FEATURES; f++) {
                values[f] += random.nextGaussian();
            }
            long time = START + batch * DAY + 1 + i * (DAY - 1) / batchSize;
            votes.add(Votes.vote(SET, ++user, time, values));
        }
        return votes;
    }

    /** Boundary of a batch. */
    static long endOf(int batch) {
        return START + (batch + 1) * DAY;
    }
}
