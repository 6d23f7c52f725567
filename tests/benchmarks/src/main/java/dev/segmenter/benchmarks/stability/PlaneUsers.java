// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Users made of vectors on a plane, in sigmas, between two fixed segments {@value #GAP} sigmas apart:
 * 1 around (0, 0) and 2 around ({@value #GAP}, 0). Everybody is looked at once an hour.
 */
final class PlaneUsers {
    static final double GAP = 4;
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

    private static final FeatureSet PLANE = FeatureSet.of(List.of(feature("x"), feature("y")));

    private PlaneUsers() {}

    /**
     * Users who hover at the border: x returns to the midplane within about a day and strays from it by
     * half a sigma (an Ornstein-Uhlenbeck process in hourly steps).
     */
    static Recording border(int users, int days, long seed) {
        double kept = 1 - 1 / 24.0;
        double step = 0.5 * Math.sqrt(1 - kept * kept);
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<UserUpdate>> updates = new LinkedHashMap<>();
        for (int u = 0; u < users; u++) {
            String user = "user-" + u;
            double x = GAP / 2;
            List<UserUpdate> own = new ArrayList<>();
            for (int hour = 0; hour < 24 * days; hour++) {
                x = GAP / 2 + kept * (x - GAP / 2) + step * random.nextGaussian();
                own.add(update(user, hour, x, random.nextGaussian()));
            }
            updates.put(user, own);
        }
        return recording(updates, days);
    }

    /**
     * Users who move from segment 1 to segment 2 for good, each at its own hour of the second half of its
     * first day or the six days after it, with noise of 0.3 sigma.
     */
    static Recording movers(int users, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<UserUpdate>> updates = new LinkedHashMap<>();
        for (int u = 0; u < users; u++) {
            String user = "user-" + u;
            int moved = 12 + random.nextInt(24 * 6);
            List<UserUpdate> own = new ArrayList<>();
            for (int hour = 0; hour < 24 * days; hour++) {
                double x = (hour < moved ? 0 : GAP) + 0.3 * random.nextGaussian();
                own.add(update(user, hour, x, 0.3 * random.nextGaussian()));
            }
            updates.put(user, own);
        }
        return recording(updates, days);
    }

    private static Recording recording(Map<String, List<UserUpdate>> updates, int days) {
        ModelTimeline models = new ModelTimeline();
        models.add(model());
        return new Recording(PLANE, updates, models, START + days * 24 * HOUR);
    }

    private static UserUpdate update(String user, int hour, double x, double y) {
        return new UserUpdate(
                UserUpdate.Kind.VECTOR,
                user,
                START,
                START + hour * HOUR,
                PLANE.fingerprint(),
                false,
                new double[] {x, y});
    }

    private static CentroidModel model() {
        return CentroidModel.of(
                CentroidSnapshot.newBuilder()
                        .setModelName("plane")
                        .setVersion(1)
                        .setModelId("plane")
                        .setEffectiveFrom(Instant.ofEpochMilli(START))
                        .setCreatedAt(Instant.ofEpochMilli(START))
                        .setObservedSince(Instant.ofEpochMilli(START))
                        .setMeasure(Frame.EUCLIDEAN)
                        .setFingerprint(PLANE.fingerprint())
                        .setFeatureNames(List.of("x", "y"))
                        .setTransforms(Collections.nCopies(2, "none"))
                        .setMean(List.of(GAP / 2, 0.0))
                        .setSigma(List.of(1.0, 1.0))
                        .setCentroids(IntStream.of(1, 2).mapToObj(PlaneUsers::centroid).toList())
                        .setNextSegmentId(3)
                        .setWarming(false)
                        .setRescaled(false)
                        .setQuality(Quality.newBuilder().setVotes(0).build())
                        .setLineage(List.of())
                        .build());
    }

    private static Centroid centroid(int id) {
        return new Centroid(id, "s" + id, List.of((id - 1) * GAP, 0.0), 1.0, 1.0, Map.of());
    }

    private static FeatureSpec feature(String name) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(),
                null,
                Duration.ofDays(7),
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }
}
