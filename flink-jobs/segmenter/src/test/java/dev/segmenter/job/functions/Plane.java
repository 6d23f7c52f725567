// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users and models on a plane of two features, views and purchases of 4 days, in sigmas of 1. */
final class Plane {
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long DAY = Duration.ofDays(1).toMillis();

    /** Some midnight, UTC. */
    static final long START = 20_000 * DAY;

    static final FeatureSet FEATURES =
            FeatureSet.of(List.of(feature("x", "view"), feature("y", "purchase")));

    private Plane() {}

    private static FeatureSpec feature(String name, String type) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(type),
                null,
                Duration.ofDays(4),
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }

    /** Closed at a moment and effective after a delay, ms; segment 1 + i has its centroid at points[i]. */
    static CentroidSnapshot model(long version, long closedAt, long delay, double[]... points) {
        List<Centroid> centroids = new ArrayList<>();
        for (double[] point : points) {
            int id = centroids.size() + 1;
            centroids.add(
                    new Centroid(
                            id, "segment " + id, List.of(point[0], point[1]), 1.0, 1.0, Map.of()));
        }
        return CentroidSnapshot.newBuilder()
                .setModelName("plane")
                .setVersion(version)
                .setModelId("model-" + version)
                .setEffectiveFrom(Instant.ofEpochMilli(closedAt + delay))
                .setCreatedAt(Instant.ofEpochMilli(closedAt))
                .setObservedSince(Instant.ofEpochMilli(START))
                .setMeasure("euclidean")
                .setFingerprint(FEATURES.fingerprint())
                .setFeatureNames(List.of("x", "y"))
                .setTransforms(List.of("none", "none"))
                .setMean(List.of(5.0, 5.0))
                .setSigma(List.of(1.0, 1.0))
                .setCentroids(centroids)
                .setNextSegmentId(points.length + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(Quality.newBuilder().setVotes(0).build())
                .setLineage(List.of())
                .build();
    }

    static UserUpdate at(String user, long time, double x, double y) {
        return update(UserUpdate.Kind.VECTOR, user, time, x, y);
    }

    static UserUpdate expiry(String user, long time) {
        return update(UserUpdate.Kind.EXPIRY, user, time);
    }

    static UserUpdate erasure(String user, long time) {
        return update(UserUpdate.Kind.ERASURE, user, time);
    }

    private static UserUpdate update(
            UserUpdate.Kind kind, String user, long time, double... values) {
        return new UserUpdate(kind, user, START, time, FEATURES.fingerprint(), false, values);
    }
}
