// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.util.OptionalDouble;

/** How far the votes of a sample lie from the centroids of a model, in its frame, and what follows. */
final class SampleDistances {
    /**
     * Spreads from a centroid beyond which a vote is an outlier. Whatever the distribution, at most a
     * ninth of the votes lies there (Markov's inequality on the squared distance); of a normal one 0.27 % in
     * one dimension, less in more.
     */
    static final double OUTLIER_SPREADS = 3;

    /** Below this, sigmas, a radius is rounding. */
    private static final double LEAST_RADIUS = 1e-6;

    private final double[] rows;
    private final int k;
    private final int d;
    private final int[] votes;
    private final double[] ownDistances;
    private final double[] spreads;
    private double silhouettes;
    private int outliers;
    private int size;

    /** With the spread of each segment, sigmas. */
    private SampleDistances(double[] rows, int d, double[] spreads) {
        this.rows = rows;
        this.k = spreads.length;
        this.d = d;
        this.votes = new int[k];
        this.ownDistances = new double[k];
        this.spreads = spreads;
    }

    static SampleDistances of(VoteSample sample, FeatureSet features, OnlineKMeans model) {
        Frame frame = model.frame();
        double[] spreads = new double[model.size()];
        for (int j = 0; j < spreads.length; j++) {
            spreads[j] = model.spread(j);
        }
        SampleDistances distances =
                new SampleDistances(model.scaledCentroids(frame), features.dimension(), spreads);
        double[] framed = new double[features.dimension()];
        for (Vote vote : sample.votes()) {
            features.toVector(vote.values(), framed);
            if (frame.scale(framed, 0, framed, 0) > 0 || !frame.cosine()) {
                distances.add(framed);
            }
        }
        return distances;
    }

    private void add(double[] framed) {
        int nearest = Distances.nearest(framed, 0, rows, k, d);
        double own = distance(framed, nearest);
        votes[nearest]++;
        ownDistances[nearest] += own;
        if (own > Math.max(LEAST_RADIUS, OUTLIER_SPREADS * spreads[nearest])) {
            outliers++;
        }
        double other = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            other = j == nearest ? other : Math.min(other, distance(framed, j));
        }
        silhouettes += other > 0 ? (other - own) / other : 0;
        size++;
    }

    private double distance(double[] framed, int j) {
        return Math.sqrt(Distances.squared(framed, 0, rows, j * d, d));
    }

    /**
     * Simplified silhouette (E. R. Hruschka et al., "Evolutionary algorithms for clustering gene-expression
     * data", ICDM 2004): the mean of (b - a) / max(a, b), a the distance to the own centroid, b to the
     * nearest other one. Empty with fewer than two segments or without votes.
     */
    OptionalDouble silhouette() {
        return k < 2 || size == 0 ? OptionalDouble.empty() : OptionalDouble.of(silhouettes / size);
    }

    /**
     * Index of D. L. Davies and D. W. Bouldin ("A cluster separation measure", PAMI 1979): the mean, over
     * the segments that have votes, of the greatest (s_i + s_j) / m_ij, s the mean distance of a segment's votes
     * to its centroid, m between two centroids. Empty with fewer than two such segments.
     */
    OptionalDouble daviesBouldin() {
        int segments = 0;
        double sum = 0;
        for (int i = 0; i < k; i++) {
            if (votes[i] > 0) {
                sum += worstOverlap(i);
                segments++;
            }
        }
        return segments < 2 ? OptionalDouble.empty() : OptionalDouble.of(sum / segments);
    }

    private double worstOverlap(int i) {
        double worst = 0;
        for (int j = 0; j < k; j++) {
            if (j != i && votes[j] > 0) {
                double between = Math.sqrt(Distances.squared(rows, i * d, rows, j * d, d));
                worst = Math.max(worst, (scatter(i) + scatter(j)) / between);
            }
        }
        return worst;
    }

    private double scatter(int j) {
        return ownDistances[j] / votes[j];
    }

    /** Share of the votes that are farther than {@value #OUTLIER_SPREADS} spreads from their centroid. */
    OptionalDouble outlierShare() {
        return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(outliers / (double) size);
    }

    /** Total variation distance between the shares of the sample and those of given weights (k), 0 to 1. */
    OptionalDouble mixDistance(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        if (size == 0 || total == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += Math.abs(votes[j] / (double) size - weights[j] / total);
        }
        return OptionalDouble.of(sum / 2);
    }
}
