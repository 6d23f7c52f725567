// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;

/**
 * What hierarchical clustering says.
 *
 * @param k where the tree's longest branch is cut
 * @param agreement adjusted Rand index of the tree's cut into the model's K and the model
 * @param leaves the fine centroids
 * @param merges by height; leaves are 0 to m - 1, merge i makes cluster m + i
 */
public record TreeFigures(int k, double agreement, List<Leaf> leaves, List<WardTree.Merge> merges) {

    public TreeFigures {
        leaves = List.copyOf(leaves);
        merges = List.copyOf(merges);
    }

    /** Users of a fine centroid, and the cluster of the model that most of them are in. */
    public record Leaf(int users, int cluster) {}
}
