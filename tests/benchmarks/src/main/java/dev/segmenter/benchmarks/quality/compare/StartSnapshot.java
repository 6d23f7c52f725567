// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.train.TrainerOptions;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A start as the snapshot that a trainer goes on from. */
final class StartSnapshot {
    private StartSnapshot() {}

    /** The scaler on: the frame is that of the reservoir, and the start is found in it. */
    static CentroidSnapshot ofOwnScale(
            PointStream stream, long seed, FeatureSet features, TrainerOptions options) {
        Frame frame = frameOf(stream.reservoir(), stream.d());
        return of(Start.of(stream, frame, seed), frame, features, options);
    }

    /** Version 1, in a given frame. */
    static CentroidSnapshot of(
            Start start, Frame frame, FeatureSet features, TrainerOptions options) {
        int d = features.dimension();
        List<Centroid> centroids = new ArrayList<>();
        for (int j = 0; j < start.weights().length; j++) {
            double[] vector = Arrays.copyOfRange(start.centroids(), j * d, (j + 1) * d);
            centroids.add(
                    new Centroid(
                            j + 1,
                            "segment " + (j + 1),
                            boxed(vector),
                            start.weights()[j],
                            start.spreads()[j],
                            profile(vector, features)));
        }
        return CentroidSnapshot.newBuilder()
                .setModelName(options.modelName())
                .setVersion(1)
                .setModelId("start")
                .setEffectiveFrom(Instant.EPOCH)
                .setCreatedAt(Instant.EPOCH)
                .setObservedSince(Instant.EPOCH)
                .setMeasure(options.measure())
                .setFingerprint(features.fingerprint())
                .setFeatureNames(features.features().stream().map(f -> f.name()).toList())
                .setTransforms(Collections.nCopies(d, "none"))
                .setMean(boxed(frame.mean()))
                .setSigma(boxed(frame.sigma()))
                .setCentroids(centroids)
                .setNextSegmentId(centroids.size() + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(0L, null, null, null, null, null))
                .build();
    }

    private static Map<String, Double> profile(double[] vector, FeatureSet features) {
        Map<String, Double> profile = new LinkedHashMap<>();
        for (int i = 0; i < vector.length; i++) {
            profile.put(features.features().get(i).name(), vector[i]);
        }
        return profile;
    }

    private static Frame frameOf(double[] points, int d) {
        int n = points.length / d;
        double[] mean = new double[d];
        double[] sigma = new double[d];
        for (int i = 0; i < points.length; i++) {
            mean[i % d] += points[i] / n;
        }
        for (int i = 0; i < points.length; i++) {
            double difference = points[i] - mean[i % d];
            sigma[i % d] += difference * difference / n;
        }
        Arrays.setAll(sigma, f -> Math.sqrt(sigma[f]));
        return new Frame(mean, sigma, false);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
