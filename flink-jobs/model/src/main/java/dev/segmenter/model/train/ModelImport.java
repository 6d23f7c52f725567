// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.ml.linalg.DenseVector;

/**
 * Makes bare centroids of another k-means (k x d, transformed units, with weights), such as Flink ML's
 * model data, a model to start from. They come without a scale: until votes tell a better one, mean and
 * sigma are those of the centroids, each counted by its weight.
 */
public final class ModelImport {
    private ModelImport() {}

    /** Version 0 of the model; refuses more than K centroids, and vectors that do not fit the features. */
    public static CentroidSnapshot of(
            DenseVector[] centroids,
            DenseVector weights,
            FeatureSet features,
            TrainerOptions options) {
        check(centroids, weights, features, options);
        double[] shares = shares(weights);
        CentroidSnapshot bare = bare(centroids, weights, frame(centroids, shares, options));
        OnlineKMeans model = OnlineKMeans.of(bare, features);
        SnapshotFactory snapshots = new SnapshotFactory(features, options);
        List<String> labels =
                new Labeller(features, 0).label(model.segmentIds(), snapshots.deviations(model));
        CentroidSnapshot snapshot =
                snapshots.create(
                        model,
                        labels,
                        centroids.length + 1,
                        null,
                        new SnapshotFactory.Moments(0, 0, 0, true));
        snapshot.setVersion(0L);
        return snapshot;
    }

    private static void check(
            DenseVector[] centroids,
            DenseVector weights,
            FeatureSet features,
            TrainerOptions options) {
        require(
                centroids.length >= 1 && centroids.length <= options.k(),
                centroids.length + " centroids do not fit model.k: " + options.k());
        require(
                weights.size() == centroids.length,
                weights.size() + " weights for " + centroids.length + " centroids");
        for (DenseVector centroid : centroids) {
            require(
                    centroid.size() == features.dimension(),
                    "a centroid has "
                            + centroid.size()
                            + " numbers, the configuration "
                            + features.dimension()
                            + " clustered features");
            require(
                    Arrays.stream(centroid.values).allMatch(Double::isFinite),
                    "a centroid holds a number that is not finite");
        }
        require(
                Arrays.stream(weights.values).allMatch(w -> w >= 0 && Double.isFinite(w)),
                "a weight is negative or not finite");
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "model.initial: "
                            + reason
                            + "; give a model of the same features, or use none");
        }
    }

    /** Weights as shares of 1; equal ones if all are 0. */
    private static double[] shares(DenseVector weights) {
        double sum = Arrays.stream(weights.values).sum();
        return Arrays.stream(weights.values)
                .map(weight -> sum > 0 ? weight / sum : 1.0 / weights.size())
                .toArray();
    }

    private static Frame frame(DenseVector[] centroids, double[] shares, TrainerOptions options) {
        int d = centroids[0].size();
        double[] mean = new double[d];
        double[] sigma = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < shares.length; j++) {
                mean[i] += shares[j] * centroids[j].values[i];
            }
            double variance = 0;
            for (int j = 0; j < shares.length; j++) {
                double deviation = centroids[j].values[i] - mean[i];
                variance += shares[j] * deviation * deviation;
            }
            sigma[i] = Math.sqrt(variance);
        }
        return new Frame(mean, sigma, Frame.isCosine(options.measure()));
    }

    /** Just what OnlineKMeans reads. */
    private static CentroidSnapshot bare(
            DenseVector[] centroids, DenseVector weights, Frame frame) {
        CentroidSnapshot snapshot = new CentroidSnapshot();
        snapshot.setMeasure(frame.cosine() ? Frame.COSINE : Frame.EUCLIDEAN);
        snapshot.setCreatedAt(Instant.EPOCH);
        snapshot.setFeatureNames(Collections.nCopies(frame.dimension(), ""));
        snapshot.setMean(boxed(frame.mean()));
        snapshot.setSigma(boxed(frame.sigma()));
        List<Centroid> list = new ArrayList<>();
        for (int j = 0; j < centroids.length; j++) {
            double weight = Math.max(1, weights.values[j]);
            list.add(new Centroid(j + 1, "", boxed(centroids[j].values), weight, 0.0, Map.of()));
        }
        snapshot.setCentroids(list);
        return snapshot;
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
