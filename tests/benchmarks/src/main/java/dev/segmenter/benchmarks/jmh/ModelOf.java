// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models with normally distributed centroids around log1p of small counts; seeded. */
final class ModelOf {
    private static final double MEAN = 2.1;
    private static final double SIGMA = 0.9;

    private ModelOf() {}

    /** A version that decides vectors of the features from the beginning of time. */
    static CentroidModel of(FeatureSet features, int k, long seed) {
        return CentroidModel.of(snapshot(features, k, seed));
    }

    static CentroidSnapshot snapshot(FeatureSet features, int k, long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        List<String> transforms = new ArrayList<>();
        for (int i = 0; i < features.dimension(); i++) {
            names.add(features.clusteredFeature(i).name());
            transforms.add("log1p");
        }
        List<Centroid> centroids = new ArrayList<>();
        for (int id = 1; id <= k; id++) {
            List<Double> vector = new ArrayList<>();
            for (int i = 0; i < features.dimension(); i++) {
                vector.add(MEAN + SIGMA * random.nextGaussian());
            }
            centroids.add(new Centroid(id, "segment " + id, vector, 1.0, 1.0, Map.of()));
        }
        return CentroidSnapshot.newBuilder()
                .setModelName("benchmark")
                .setVersion(1)
                .setModelId("0")
                .setEffectiveFrom(Instant.EPOCH)
                .setCreatedAt(Instant.EPOCH)
                .setObservedSince(Instant.EPOCH)
                .setMeasure("euclidean")
                .setFingerprint(features.fingerprint())
                .setFeatureNames(names)
                .setTransforms(transforms)
                .setMean(Collections.nCopies(features.dimension(), MEAN))
                .setSigma(Collections.nCopies(features.dimension(), SIGMA))
                .setCentroids(centroids)
                .setNextSegmentId(k + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(0L, null, null, null, null, null))
                .build();
    }
}
