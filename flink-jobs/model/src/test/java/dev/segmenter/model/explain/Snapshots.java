// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Versions of a model over untransformed features, sigma 1 in each. */
final class Snapshots {
    private Snapshots() {}

    /** A segment whose centroid and means are the same values (n, in the order of the features). */
    static Centroid segment(
            FeatureSet features, int id, String label, double weight, double... values) {
        Map<String, Double> profile = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            profile.put(features.features().get(i).name(), values[i]);
        }
        List<Double> vector =
                IntStream.range(0, features.dimension())
                        .mapToObj(i -> values[features.clusteredIndex(i)])
                        .toList();
        return new Centroid(id, label, vector, weight, 2.0, profile);
    }

    static CentroidSnapshot version(long version, FeatureSet features, Centroid... centroids) {
        int d = features.dimension();
        return CentroidSnapshot.newBuilder()
                .setModelName("test")
                .setVersion(version)
                .setModelId("model-" + version)
                .setParentId(version == 1 ? null : "model-" + (version - 1))
                .setEffectiveFrom(Instant.EPOCH)
                .setCreatedAt(Instant.EPOCH)
                .setObservedSince(Instant.EPOCH)
                .setMeasure("euclidean")
                .setFingerprint(features.fingerprint())
                .setFeatureNames(
                        IntStream.range(0, d)
                                .mapToObj(i -> features.clusteredFeature(i).name())
                                .toList())
                .setTransforms(Collections.nCopies(d, "none"))
                .setMean(Collections.nCopies(d, 0.0))
                .setSigma(Collections.nCopies(d, 1.0))
                .setCentroids(Arrays.asList(centroids))
                .setNextSegmentId(100)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(0L, null, null, null, null, null))
                .build();
    }
}
