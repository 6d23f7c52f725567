// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;

/**
 * What density-based clustering says.
 *
 * @param minClusterSize least users of a cluster
 * @param neighbours that a user's density is judged by
 * @param sizes users of each cluster, falling
 * @param noise users in none
 * @param noiseShare their share, 0 to 1
 * @param agreement adjusted Rand index with the model over the users in some cluster; null with fewer than two
 * @param steps the walk through the users, always on to the easiest to reach
 */
public record DensityFigures(
        int minClusterSize,
        int neighbours,
        List<Integer> sizes,
        int noise,
        double noiseShare,
        Double agreement,
        List<Step> steps) {

    public DensityFigures {
        sizes = List.copyOf(sizes);
        steps = List.copyOf(steps);
    }

    /**
     * One user on the walk.
     *
     * @param reachability how far the walk had to reach, sigmas
     * @param density its density cluster, -1 for none
     * @param cluster its cluster in the model
     */
    public record Step(double reachability, int density, int cluster) {}
}
