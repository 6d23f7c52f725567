// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;

/**
 * How good k-means with one K is on the sample.
 *
 * @param sse inertia of the best start: sum of squared distances to the own centroid, sigmas squared
 * @param sseBySeed inertia of each start
 * @param silhouette exact mean silhouette width over the sample, -1 to 1
 * @param referenceSilhouette what k-means reaches on as many points without groups, the better of a box and
 *     a normal cloud
 * @param daviesBouldin index of Davies and Bouldin, less is better
 * @param stability mean adjusted Rand index between bootstraps, 1 for always the same
 * @param wardSilhouette silhouette of the tree's cut into as many clusters
 * @param sizes users of each cluster, falling
 */
public record KFigures(
        int k,
        double sse,
        List<Double> sseBySeed,
        double silhouette,
        double referenceSilhouette,
        double daviesBouldin,
        double stability,
        double wardSilhouette,
        List<Integer> sizes) {

    public KFigures {
        sseBySeed = List.copyOf(sseBySeed);
        sizes = List.copyOf(sizes);
    }

    /** How much better than cutting up points without groups. */
    public double excess() {
        return silhouette - referenceSilhouette;
    }
}
