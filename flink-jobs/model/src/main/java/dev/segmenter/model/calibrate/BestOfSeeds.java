// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.train.KMeans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The best of several starts of greedy k-means++ with one K.
 *
 * @param centroids k x d
 * @param labels of the points
 * @param sse of each start
 */
record BestOfSeeds(double[] centroids, int[] labels, List<Double> sse) {

    static BestOfSeeds of(Points points, int k, boolean spherical, int seeds, long seed) {
        KMeans kMeans = new KMeans(points.rows(), points.d(), spherical);
        double[] best = {};
        double least = Double.POSITIVE_INFINITY;
        List<Double> all = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            double[] centroids = kMeans.fit(k, 1, new Random(Hashes.of(Hashes.of(seed, k), s)));
            double sse = points.sse(centroids, points.assign(centroids));
            all.add(sse);
            if (sse < least) {
                least = sse;
                best = centroids;
            }
        }
        return new BestOfSeeds(best, points.assign(best), all);
    }

    double least() {
        return sse.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** Points of each cluster, falling. */
    List<Integer> sizes(int d) {
        int[] sizes = new int[centroids.length / d];
        for (int label : labels) {
            sizes[label]++;
        }
        return Arrays.stream(sizes).boxed().sorted((a, b) -> Integer.compare(b, a)).toList();
    }
}
