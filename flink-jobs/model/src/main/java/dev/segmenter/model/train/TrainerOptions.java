// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How the model is trained; refuses what cannot work, naming key, value and remedy.
 *
 * @param modelName key of the snapshots
 * @param k greatest number of segments, at least 2
 * @param measure euclidean or cosine
 * @param voteInterval how often each live user votes
 * @param batchInterval grid on which batches close, event time; at most a twentieth of the half-life
 * @param snapshotInterval grid on which the model is published, a multiple of the batch interval
 * @param halfLife after which a vote weighs half, event time
 * @param warmUp from the first vote to the first model, event time
 * @param activationDelay from a batch's boundary to the moment its snapshot is effective
 * @param reservoirCapacity votes kept for a fit; raised to {@link #leastFitVotes()} if lower
 * @param maxVotes kept of a batch
 * @param restarts of k-means++ in a fit
 * @param rescaleTolerance relative move of a sigma that makes a new frame
 * @param seed of the fits
 * @param driftSpeedUp by which the half-life is divided while a drift alarm lasts; 1 leaves it alone
 * @param shadowKs other Ks that models are trained for to compare with, each at least 2 and only once
 */
public record TrainerOptions(
        String modelName,
        int k,
        String measure,
        Duration voteInterval,
        Duration batchInterval,
        Duration snapshotInterval,
        Duration halfLife,
        Duration warmUp,
        Duration activationDelay,
        int reservoirCapacity,
        int maxVotes,
        int restarts,
        double rescaleTolerance,
        long seed,
        double driftSpeedUp,
        List<Integer> shadowKs)
        implements Serializable {

    /** Of a drift alarm. */
    public static final double DRIFT_SPEED_UP = 8;

    /** Shadow models at most: each costs as much as the model itself. */
    public static final int MOST_SHADOWS = 8;

    private static final double MOST_SPEED_UP = 1000;

    /** Votes a segment that the first fit needs. */
    public static final int FIT_VOTES_PER_SEGMENT = 200;

    /** Batches a half-life has at least. */
    public static final int BATCHES_PER_HALF_LIFE = 20;

    public TrainerOptions {
        require(
                modelName != null && !modelName.isBlank(),
                "model.name",
                modelName,
                "give the model a name");
        require(k >= 2, "model.k", k, "use at least 2 segments");
        require(measure != null, "model.measure", null, "use euclidean or cosine");
        Frame.isCosine(measure);
        requirePositive("model.vote-interval", voteInterval);
        requirePositive("model.batch-interval", batchInterval);
        requirePositive("model.snapshot-interval", snapshotInterval);
        requirePositive("model.half-life", halfLife);
        requireNotNegative("model.warm-up", warmUp);
        requireNotNegative("model.activation-delay", activationDelay);
        require(
                batchInterval.multipliedBy(BATCHES_PER_HALF_LIFE).compareTo(halfLife) <= 0,
                "model.batch-interval",
                batchInterval,
                "use at most a twentieth of model.half-life (" + halfLife + ")");
        require(
                snapshotInterval.toMillis() % batchInterval.toMillis() == 0,
                "model.snapshot-interval",
                snapshotInterval,
                "use a multiple of model.batch-interval (" + batchInterval + ")");
        require(reservoirCapacity >= 1, "model.reservoir", reservoirCapacity, "use at least 1");
        require(maxVotes >= 1, "model.max-votes", maxVotes, "use at least 1");
        require(restarts >= 1, "model.restarts", restarts, "use at least 1");
        require(
                rescaleTolerance > 0 && rescaleTolerance < Double.POSITIVE_INFINITY,
                "model.rescale-tolerance",
                rescaleTolerance,
                "use a positive share such as 0.2");
        require(
                driftSpeedUp >= 1 && driftSpeedUp <= MOST_SPEED_UP,
                "model.drift-speed-up",
                driftSpeedUp,
                "use 1 to " + MOST_SPEED_UP);
        shadowKs = shadowKs.stream().sorted().toList();
        requireShadows(shadowKs, k);
    }

    /** With the reaction to drift and the shadow models that the job has by default. */
    public TrainerOptions(
            String modelName,
            int k,
            String measure,
            Duration voteInterval,
            Duration batchInterval,
            Duration snapshotInterval,
            Duration halfLife,
            Duration warmUp,
            Duration activationDelay,
            int reservoirCapacity,
            int maxVotes,
            int restarts,
            double rescaleTolerance,
            long seed) {
        this(
                modelName,
                k,
                measure,
                voteInterval,
                batchInterval,
                snapshotInterval,
                halfLife,
                warmUp,
                activationDelay,
                reservoirCapacity,
                maxVotes,
                restarts,
                rescaleTolerance,
                seed,
                DRIFT_SPEED_UP,
                neighboursOf(k));
    }

    /** K - 1 and K + 1, as far as they are at least 2. */
    public static List<Integer> neighboursOf(int k) {
        return k > 2 ? List.of(k - 1, k + 1) : List.of(k + 1);
    }

    private static void requireShadows(List<Integer> shadowKs, int k) {
        String remedy =
                "give at most "
                        + MOST_SHADOWS
                        + " different numbers from 2 on, none of them model.k ("
                        + k
                        + ")";
        require(
                shadowKs.size() <= MOST_SHADOWS
                        && shadowKs.stream().allMatch(other -> other >= 2 && other != k)
                        && shadowKs.stream().distinct().count() == shadowKs.size(),
                "model.shadow-k",
                shadowKs,
                remedy);
    }

    /** Refuses a half-life shorter than the largest clustered window of the features. */
    public static void requireFit(TrainerOptions options, FeatureSet features) {
        Duration window = features.largestClusteredWindow();
        require(
                options.halfLife.compareTo(window) >= 0,
                "model.half-life",
                options.halfLife,
                "use at least the largest clustered window (" + window + ")");
    }

    /** True if vectors are compared by direction. */
    public boolean cosine() {
        return Frame.isCosine(measure);
    }

    /** Votes that a fit waits for. */
    public int leastFitVotes() {
        return Math.multiplyExact(FIT_VOTES_PER_SEGMENT, k);
    }

    /** Votes that the reservoir holds: its capacity, and never fewer than a fit waits for. */
    int reservoirSize() {
        return Math.max(reservoirCapacity, leastFitVotes());
    }

    private static void requirePositive(String key, Duration value) {
        require(
                value != null && value.toMillis() > 0,
                key,
                value,
                "give a positive duration such as 1h");
    }

    private static void requireNotNegative(String key, Duration value) {
        require(
                value != null && !value.isNegative(),
                key,
                value,
                "give a duration of 0 or more such as 1d");
    }

    private static void require(boolean holds, String key, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(
                    key + ": '" + value + "' is not possible; " + remedy);
        }
    }
}
