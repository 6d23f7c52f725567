// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;

/** Fits a model to a sample of votes from nothing: their own frame, then k-means in it. */
final class ModelFit {
    /** An outlier that is one vote in more than 20^2 shrinks from round to round. */
    private static final double REACH_SIGMAS = 20;

    private static final int ROUNDS = 256;
    private static final int ATTEMPTS = 4;

    private ModelFit() {}

    /** At most K centroids without ids; empty if no vote can take part. */
    static Optional<OnlineKMeans> fit(
            Collection<Vote> votes, FeatureSet features, TrainerOptions options, Random random) {
        Frame frame = frameOf(votes, features, options.cosine());
        double[] points = points(votes, features, frame);
        if (points.length == 0) {
            return Optional.empty();
        }
        double[] rows = rows(points, features.dimension(), options, random);
        return Optional.of(OnlineKMeans.around(rows, features, frame, votes));
    }

    /** Fitted again without the points of centroids that have next to none: a few bots all alike, and errors. */
    private static double[] rows(double[] points, int d, TrainerOptions options, Random random) {
        double[] left = points;
        for (int attempt = 1; ; attempt++) {
            KMeans means = new KMeans(left, d, options.cosine());
            double[] rows = means.fit(options.k(), options.restarts(), random);
            means.assign(rows);
            int votes = points.length / d;
            double least = SegmentLife.STARVED / options.k() * votes;
            double[] rest = means.pointsOfRowsWith(least, rows.length / d);
            if (attempt == ATTEMPTS || rest.length == left.length) {
                return rows;
            }
            left = rest;
        }
    }

    /** Measured anew with what is far outside cut off, until nothing is: an absurd vote hides itself at first. */
    static Frame frameOf(Collection<Vote> votes, FeatureSet features, boolean cosine) {
        int d = features.dimension();
        Frame frame = new Frame(new double[d], new double[d], cosine);
        for (int round = 0; round < ROUNDS; round++) {
            Frame before = frame;
            frame = frameOf(votes, features, before);
            if (Arrays.equals(frame.sigma(), before.sigma())) {
                break;
            }
        }
        return frame;
    }

    private static Frame frameOf(Collection<Vote> votes, FeatureSet features, Frame before) {
        RobustMoments moments = new RobustMoments(features.dimension(), REACH_SIGMAS);
        double[] vector = new double[features.dimension()];
        for (Vote vote : votes) {
            features.toVector(vote.values(), vector);
            moments.add(vector, before);
        }
        moments.fold(1);
        return moments.frame(before.cosine());
    }

    /** Batch k-means on {@link #points}. */
    static KMeans means(Collection<Vote> votes, FeatureSet features, Frame frame) {
        return new KMeans(points(votes, features, frame), features.dimension(), frame.cosine());
    }

    /**
     * The votes that can take part, in the frame (n x d), without what winsorising cuts off: absurd votes
     * and bots, all alike at the edge, would get a centroid.
     */
    static double[] points(Collection<Vote> votes, FeatureSet features, Frame frame) {
        int d = features.dimension();
        double[] points = new double[votes.size() * d];
        double[] vector = new double[d];
        int size = 0;
        for (Vote vote : votes) {
            features.toVector(vote.values(), vector);
            boolean cut = frame.cuts(vector);
            double squares = frame.scale(vector, 0, points, size * d);
            if (!cut && (squares > 0 || !frame.cosine())) {
                size++;
            }
        }
        return Arrays.copyOf(points, size * d);
    }
}
