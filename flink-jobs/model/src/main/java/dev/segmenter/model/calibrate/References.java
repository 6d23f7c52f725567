// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.train.KMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Silhouettes that k-means reaches on points without groups, by K. */
final class References {
    /** Clouds of each kind. */
    private static final int CLOUDS = 4;

    /** Points of a cloud: a mean silhouette hardly depends on their number. */
    private static final int MOST_POINTS = 1_000;

    private static final int RESTARTS = 4;

    private References() {}

    /** For minK to maxK the better of the two kinds' means. */
    static double[] silhouettes(Points points, int minK, int maxK, long seed) {
        ReferenceCloud cloud = ReferenceCloud.of(points);
        int n = Math.min(points.size(), MOST_POINTS);
        double[][] ofClouds =
                IntStream.range(0, 2 * CLOUDS)
                        .parallel()
                        .mapToObj(
                                c -> {
                                    Random random = new Random(Hashes.of(seed, c));
                                    boolean box = c < CLOUDS;
                                    return ofCloud(
                                            box ? cloud.box(n, random) : cloud.normal(n, random),
                                            minK,
                                            maxK,
                                            random);
                                })
                        .toArray(double[][]::new);
        double[] best = new double[maxK - minK + 1];
        for (int i = 0; i < best.length; i++) {
            best[i] = Math.max(mean(ofClouds, i, 0), mean(ofClouds, i, CLOUDS));
        }
        return best;
    }

    private static double[] ofCloud(Points cloud, int minK, int maxK, Random random) {
        List<int[]> labellings = new ArrayList<>();
        for (int k = minK; k <= maxK; k++) {
            KMeans kMeans = new KMeans(cloud.rows(), cloud.d(), false);
            labellings.add(cloud.assign(kMeans.fit(k, RESTARTS, random)));
        }
        return Silhouette.of(cloud, labellings);
    }

    private static double mean(double[][] ofClouds, int k, int from) {
        double sum = 0;
        for (int c = from; c < from + CLOUDS; c++) {
            sum += ofClouds[c][k];
        }
        return sum / CLOUDS;
    }
}
