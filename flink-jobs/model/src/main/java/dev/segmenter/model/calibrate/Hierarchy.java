// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.train.KMeans;
import java.util.Random;

/**
 * Ward's tree over fine k-means centroids, which stand for the points near them: a tree of some hundred leaves
 * shows as much as one of thousands, and costs little.
 *
 * @param leaf fine centroid of each point
 */
record Hierarchy(WardTree tree, int[] leaf) {

    static Hierarchy of(Points points, boolean spherical, int microClusters, long seed) {
        int m = Math.min(microClusters, points.size());
        double[] centroids =
                new KMeans(points.rows(), points.d(), spherical)
                        .fit(m, 1, new Random(Hashes.of(seed, m)));
        int[] leaf = points.assign(centroids);
        double[] weights = new double[centroids.length / points.d()];
        for (int j : leaf) {
            weights[j]++;
        }
        return new Hierarchy(WardTree.of(centroids, weights, points.d()), leaf);
    }

    /** Cluster of each point when the tree is cut into k; into as many as it has leaves if those are fewer. */
    int[] cut(int k) {
        int[] ofLeaf = tree.cut(Math.min(k, tree.leaves()));
        int[] labels = new int[leaf.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = ofLeaf[leaf[i]];
        }
        return labels;
    }
}
