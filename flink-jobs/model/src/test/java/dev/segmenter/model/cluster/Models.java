// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Small snapshots for tests. */
public final class Models {
    private Models() {}

    /** Segments 1, 2, ... labelled s1, s2, ... at the given centroids. */
    public static CentroidSnapshot snapshot(
            String measure,
            List<String> transforms,
            double[] mean,
            double[] sigma,
            double[]... centroids) {
        List<Centroid> segments = new ArrayList<>();
        for (double[] vector : centroids) {
            int id = segments.size() + 1;
            segments.add(new Centroid(id, "s" + id, boxed(vector), 1.0, 1.0, Map.of()));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            names.add("f" + i);
        }
        return CentroidSnapshot.newBuilder()
                .setModelName("test")
                .setVersion(1)
                .setModelId("0")
                .setEffectiveFrom(Instant.EPOCH)
                .setCreatedAt(Instant.EPOCH)
                .setObservedSince(Instant.EPOCH)
                .setMeasure(measure)
                .setFingerprint(7)
                .setFeatureNames(names)
                .setTransforms(transforms)
                .setMean(boxed(mean))
                .setSigma(boxed(sigma))
                .setCentroids(segments)
                .setNextSegmentId(segments.size() + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(0L, null, null, null, null, null))
                .build();
    }

    /** The same with features as they are, untransformed. */
    public static CentroidSnapshot plain(
            String measure, double[] mean, double[] sigma, double[]... centroids) {
        return snapshot(measure, Collections.nCopies(mean.length, "none"), mean, sigma, centroids);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
