// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.train.KMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Whether a clustering comes out again from other users of the same kind (B. Efron's bootstrap; after A.
 * Ben-Hur, A. Elisseeff, I. Guyon, "A stability based method for discovering structure in clustered data",
 * PSB 2002): k-means is fitted to resamples with replacement, each assigns all points, and the labellings are
 * compared pair by pair.
 */
final class Bootstraps {
    private Bootstraps() {}

    /** Mean adjusted Rand index over all pairs of a number of resamples. */
    static double stability(
            Points points, int k, boolean spherical, int resamples, int restarts, Random random) {
        List<int[]> labellings = new ArrayList<>();
        for (int b = 0; b < resamples; b++) {
            Points resample = points.pick(random.ints(points.size(), 0, points.size()).toArray());
            double[] centroids =
                    new KMeans(resample.rows(), points.d(), spherical).fit(k, restarts, random);
            labellings.add(points.assign(centroids));
        }
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < resamples; a++) {
            for (int b = a + 1; b < resamples; b++) {
                sum += AdjustedRandIndex.of(labellings.get(a), labellings.get(b));
                pairs++;
            }
        }
        return sum / pairs;
    }
}
