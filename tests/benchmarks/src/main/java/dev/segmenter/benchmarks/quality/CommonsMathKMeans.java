// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/** The k-means of Apache Commons Math: not ours, so what both agree on is no defect of either. */
final class CommonsMathKMeans {
    private static final int MAX_ITERATIONS = 200;

    private CommonsMathKMeans() {}

    /** Of several starts on points (n x d) the clustering with the least sum of squares. */
    static Clustering fit(double[] points, int d, int k, int restarts, long seed) {
        List<DoublePoint> rows =
                IntStream.range(0, points.length / d)
                        .mapToObj(i -> Arrays.copyOfRange(points, i * d, (i + 1) * d))
                        .map(DoublePoint::new)
                        .toList();
        KMeansPlusPlusClusterer<DoublePoint> clusterer =
                new KMeansPlusPlusClusterer<>(
                        k, MAX_ITERATIONS, new EuclideanDistance(), new Well19937c(seed));
        // Not its MultiKMeansPlusPlusClusterer: that one chooses by the variance of distances.
        Clustering best = null;
        for (int start = 0; start < restarts; start++) {
            Clustering next = new Clustering(points, centers(clusterer.cluster(rows)), d);
            best = best == null || next.sse() < best.sse() ? next : best;
        }
        return best;
    }

    private static double[] centers(List<CentroidCluster<DoublePoint>> clusters) {
        return clusters.stream()
                .flatMapToDouble(cluster -> Arrays.stream(cluster.getCenter().getPoint()))
                .toArray();
    }
}
