// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A generated stream with known truth, in batches of a twentieth of the half-life.
 *
 * @param k clusters
 * @param batchSize points a batch: 8 times the 350 K a half-life that the trainer needs at least, so that
 *     a half-life shortened to an eighth has enough
 * @param batches in all
 * @param shares of the clusters (k), while all are there
 * @param changes batches with which a new state begins; the last one is the end
 * @param course of the moving clusters
 * @param lastIsGoneFrom batch from which the last cluster has no points
 */
record Scenario(
        String name,
        int k,
        int batchSize,
        int batches,
        double[] shares,
        int[] changes,
        DriftingClusters.Course course,
        int lastIsGoneFrom) {
    /** Batches a half-life. */
    static final int HALF_LIFE = 20;

    /** Batches of the start reservoir. */
    static final int START_BATCHES = 4;

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int WARM = 3 * HALF_LIFE;
    private static final int PHASE = 4 * HALF_LIFE;
    private static final int SAMPLE = 2_000;

    /** Half of the clusters jump. */
    static Scenario sudden() {
        return moving("sudden", new int[] {WARM, WARM + 6 * HALF_LIFE}, b -> b < WARM ? 0 : 1);
    }

    /** Half of the clusters move evenly for three half-lives; then they stay. */
    static Scenario gradual() {
        int arrival = WARM + 3 * HALF_LIFE;
        return moving(
                "gradual",
                new int[] {arrival, arrival + 4 * HALF_LIFE},
                b -> Math.max(0, Math.min(1, (b - WARM) / (double) (arrival - WARM))));
    }

    /** Half of the clusters jump, jump back after four half-lives, and after four more again. */
    static Scenario recurring() {
        return moving(
                "recurring",
                IntStream.rangeClosed(0, 3).map(i -> WARM + i * PHASE).toArray(),
                b -> b < WARM || (b - WARM) / PHASE % 2 == 1 ? 0 : 1);
    }

    /** Of four groups (2 : 1 : 1 : 1) the last has no more points; thirty half-lives follow. */
    static Scenario vanishing() {
        int end = WARM + 30 * HALF_LIFE;
        return new Scenario(
                "vanishing",
                4,
                560,
                end,
                new double[] {0.4, 0.2, 0.2, 0.2},
                new int[] {WARM, end},
                b -> 0,
                WARM);
    }

    /** Whether the last cluster goes. */
    boolean vanishes() {
        return lastIsGoneFrom < NEVER;
    }

    /** Step of a trace whose model has seen nothing of a change. */
    int stepOf(int change) {
        return change - START_BATCHES;
    }

    private static Scenario moving(String name, int[] changes, DriftingClusters.Course course) {
        double[] shares = new double[8];
        Arrays.fill(shares, 1.0 / shares.length);
        int end = changes[changes.length - 1];
        return new Scenario(name, shares.length, 1_120, end, shares, changes, course, NEVER);
    }

    /** The stream of one seed. */
    PointStream stream(long seed) {
        DriftingClusters clusters = new DriftingClusters(k, course, seed);
        Random random = new Random(seed + 1);
        double[] points = new double[batches * batchSize * DriftingClusters.D];
        for (int i = 0; i < points.length / DriftingClusters.D; i++) {
            int batch = i / batchSize;
            int cluster = draw(random, batch);
            for (int f = 0; f < DriftingClusters.D; f++) {
                points[i * DriftingClusters.D + f] =
                        clusters.centre(cluster, f, batch) + random.nextGaussian();
            }
        }
        return new PointStream(points, DriftingClusters.D, k, batches, START_BATCHES, HALF_LIFE, 1);
    }

    private int draw(Random random, int batch) {
        int cluster;
        do {
            double rest = random.nextDouble();
            cluster = 0;
            while (cluster < k - 1 && rest >= shares[cluster]) {
                rest -= shares[cluster++];
            }
        } while (batch >= lastIsGoneFrom && cluster == k - 1);
        return cluster;
    }

    /** Fresh points of all clusters for each step of a trace of one seed: as the batch after it has them. */
    List<Truth> truths(long seed) {
        DriftingClusters clusters = new DriftingClusters(k, course, seed);
        Random random = new Random(seed + 2);
        int[] classes = new int[SAMPLE];
        Arrays.setAll(classes, i -> draw(random, 0));
        double[] noise = new double[SAMPLE * DriftingClusters.D];
        Arrays.setAll(noise, i -> random.nextGaussian());
        List<Truth> truths = new ArrayList<>();
        for (int batch = START_BATCHES; batch <= batches; batch++) {
            double[] points = noise.clone();
            for (int i = 0; i < points.length; i++) {
                points[i] +=
                        clusters.centre(
                                classes[i / DriftingClusters.D],
                                i % DriftingClusters.D,
                                Math.min(batch, batches - 1));
            }
            truths.add(new Truth(points, classes, DriftingClusters.D));
        }
        return truths;
    }
}
