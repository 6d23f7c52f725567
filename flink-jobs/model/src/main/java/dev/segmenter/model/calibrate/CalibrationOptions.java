// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.OptionalInt;

/**
 * What is tried to choose K; refuses what cannot work, naming key, value and remedy.
 *
 * @param minK least K tried
 * @param maxK greatest K tried
 * @param sample most users that the figures are computed on
 * @param seeds starts of k-means for each K, the best one counts
 * @param bootstraps resamples for the stability of each K
 * @param microClusters fine centroids that the tree is built on
 * @param minClusterSize least size of a density cluster; empty: 1 % of the sample, at least 10
 * @param k of the model that is written; empty: the recommended one
 * @param seed of every random choice
 */
public record CalibrationOptions(
        int minK,
        int maxK,
        int sample,
        int seeds,
        int bootstraps,
        int microClusters,
        OptionalInt minClusterSize,
        OptionalInt k,
        long seed) {

    /** Users a cluster has on average at least; fewer tell nothing about it. */
    public static final int USERS_PER_CLUSTER = 10;

    private static final int MOST_K = 100;
    private static final int MOST_USERS = 20_000;
    private static final int LEAST_USERS = 100;
    private static final int LEAST_CLUSTER = 10;
    private static final double CLUSTER_SHARE = 0.01;

    public CalibrationOptions {
        requireWithin("calibrate.min-k", minK, 2, MOST_K);
        requireWithin("calibrate.max-k", maxK, 2, MOST_K);
        if (maxK < minK) {
            throw refused(
                    "calibrate.max-k",
                    maxK,
                    "is less than calibrate.min-k ("
                            + minK
                            + "), which leaves no K to try; raise it");
        }
        requireWithin("calibrate.sample", sample, LEAST_USERS, MOST_USERS);
        requireWithin("calibrate.seeds", seeds, 1, 1_000);
        requireWithin("calibrate.bootstraps", bootstraps, 2, 1_000);
        requireWithin("calibrate.micro-clusters", microClusters, 2, 2_000);
        if (microClusters < maxK) {
            throw refused(
                    "calibrate.micro-clusters",
                    microClusters,
                    "is less than calibrate.max-k (" + maxK + "); raise it");
        }
        if (minClusterSize.isPresent()) {
            requireWithin("calibrate.min-cluster-size", minClusterSize.getAsInt(), 2, MOST_USERS);
        }
        if (k.isPresent() && (k.getAsInt() < minK || k.getAsInt() > maxK)) {
            throw refused(
                    "calibrate.chosen-k",
                    k.getAsInt(),
                    "is not among the K tried, " + minK + " to " + maxK + "; widen the range");
        }
    }

    /** Refuses a sample that cannot bear the greatest K. */
    void requireFit(Points points) {
        int n = points.size();
        if (n < minK * USERS_PER_CLUSTER) {
            throw new IllegalArgumentException(
                    "calibrate.min-k: '"
                            + minK
                            + "' needs "
                            + minK * USERS_PER_CLUSTER
                            + " users at least, and there are "
                            + n
                            + " to cluster; give more events, or a longer users.exit-after");
        }
        if (n < maxK * USERS_PER_CLUSTER) {
            throw refused(
                    "calibrate.max-k",
                    maxK,
                    "is too large for "
                            + n
                            + " users, of which a cluster should have "
                            + USERS_PER_CLUSTER
                            + " on average; use at most "
                            + n / USERS_PER_CLUSTER
                            + ", or give more events");
        }
        int distinct = points.distinct(maxK + 1);
        if (distinct <= maxK) {
            throw refused(
                    "calibrate.max-k",
                    maxK,
                    "is too large: the "
                            + n
                            + " users have only "
                            + distinct
                            + " different vectors; "
                            + (distinct > minK
                                    ? "use at most " + (distinct - 1)
                                    : "choose features that tell users apart"));
        }
    }

    /** Least size of a density cluster among n points. */
    int minClusterSizeOf(int n) {
        return minClusterSize.orElse(Math.max(LEAST_CLUSTER, (int) Math.ceil(CLUSTER_SHARE * n)));
    }

    private static void requireWithin(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(key, value, "is not possible; give from " + least + " to " + most);
        }
    }

    private static IllegalArgumentException refused(String key, int value, String reason) {
        return new IllegalArgumentException(key + ": '" + value + "' " + reason);
    }
}
