// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Clustering;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.train.KMeans;
import java.util.Arrays;
import java.util.Random;

/**
 * The model that all methods start from: batch k-means on the start reservoir.
 *
 * @param centroids k x d
 * @param weights points of the reservoir at each centroid (k)
 * @param spreads root mean square distance of those points (k)
 */
record Start(double[] centroids, double[] weights, double[] spreads) {
    /** Greedy k-means++ with 20 restarts, in the frame of the points. */
    static Start of(PointStream stream, long seed) {
        return of(stream, identity(stream.d()), seed);
    }

    /** The same found in another frame; the centroids stay in that of the points. */
    static Start of(PointStream stream, Frame frame, long seed) {
        int d = stream.d();
        double[] points = stream.reservoir();
        double[] scaled = new double[points.length];
        for (int i = 0; i < points.length; i += d) {
            frame.scale(points, i, scaled, i);
        }
        double[] rows =
                new KMeans(scaled, d, false).fit(stream.k(), BatchTrace.RESTARTS, new Random(seed));
        int[] labels = new Clustering(scaled, rows, d).labels();
        double[] centroids = new double[rows.length];
        double[] weights = new double[rows.length / d];
        for (int i = 0; i < labels.length; i++) {
            weights[labels[i]]++;
        }
        for (int i = 0; i < points.length; i++) {
            int j = labels[i / d];
            centroids[j * d + i % d] += frame.winsorised(points[i], i % d) / weights[j];
        }
        return new Start(centroids, weights, spreads(scaled, rows, labels, weights, d));
    }

    /** Mean 0 and sigma 1: no scaler. */
    static Frame identity(int d) {
        double[] ones = new double[d];
        Arrays.fill(ones, 1);
        return new Frame(new double[d], ones, false);
    }

    private static double[] spreads(
            double[] points, double[] rows, int[] labels, double[] weights, int d) {
        double[] squares = new double[weights.length];
        for (int i = 0; i < points.length; i++) {
            double difference = points[i] - rows[labels[i / d] * d + i % d];
            squares[labels[i / d]] += difference * difference;
        }
        for (int j = 0; j < squares.length; j++) {
            squares[j] = Math.sqrt(squares[j] / weights[j]);
        }
        return squares;
    }
}
