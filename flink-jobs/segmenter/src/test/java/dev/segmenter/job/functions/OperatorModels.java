// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.functions.OperatorHistories.Kept;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Random versions of a model: centroids move, are born, die and are renamed; sigmas change. */
final class OperatorModels {
    private final Random random;
    private final FeatureSet features;
    private final Kept kept;
    private final long delay;
    private final boolean cosine;
    private final Set<Integer> alive = new TreeSet<>();
    private int nextSegment = 1;

    OperatorModels(Random random, FeatureSet features, Kept kept, long delay) {
        this.random = random;
        this.features = features;
        this.kept = kept;
        this.delay = delay;
        this.cosine = random.nextInt(4) == 0;
    }

    /**
     * In the order of their versions, closed at increasing times: at random, at the very end, or so
     * that they become effective at one of the given moments.
     */
    List<CentroidSnapshot> between(long start, long end, List<Long> moments) {
        List<CentroidSnapshot> snapshots = new ArrayList<>();
        int versions = kept == Kept.MODEL ? 1 : 1 + random.nextInt(5);
        TreeSet<Long> boundaries = new TreeSet<>();
        while (boundaries.size() < versions) {
            long boundary =
                    switch (random.nextInt(12)) {
                        case 0 -> end - boundaries.size();
                        case 1, 2, 3 -> moments.get(random.nextInt(moments.size())) - delay;
                        default -> start + random.nextLong(Math.max(Plane.HOUR, (end - start) / 2));
                    };
            boundaries.add(Math.max(start, boundary));
        }
        for (long boundary : boundaries) {
            snapshots.add(snapshot(snapshots.size() + 1, Math.min(boundary, end), start));
        }
        return snapshots;
    }

    private CentroidSnapshot snapshot(long version, long boundary, long start) {
        List<Lineage> lineage = new ArrayList<>();
        if (version > 1 && kept != Kept.SEGMENTS_ALIVE) {
            alive.removeIf(id -> dies(id, version, lineage));
        }
        int births = version == 1 ? 1 + random.nextInt(3) : random.nextInt(3) / 2;
        for (int i = 0; i < births || alive.isEmpty(); i++) {
            alive.add(nextSegment++);
        }
        int d = features.dimension();
        return CentroidSnapshot.newBuilder()
                .setModelName("random")
                .setVersion(version)
                .setModelId("model-" + version)
                .setCreatedAt(Instant.ofEpochMilli(boundary))
                .setEffectiveFrom(Instant.ofEpochMilli(boundary + delay))
                .setObservedSince(Instant.ofEpochMilli(start))
                .setMeasure(cosine ? "cosine" : "euclidean")
                .setFingerprint(features.fingerprint())
                .setFeatureNames(names())
                .setTransforms(Collections.nCopies(d, "none"))
                .setMean(numbers(d, 0, 1, 2))
                .setSigma(numbers(d, 0, 0.25, 0.5, 0.7, 1, 1, 2))
                .setCentroids(centroids(version))
                .setNextSegmentId(nextSegment)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(Quality.newBuilder().setVotes(0).build())
                .setLineage(lineage)
                .build();
    }

    /** Into nothing or into another segment; the last label is told once more. */
    private boolean dies(int id, long version, List<Lineage> lineage) {
        if (random.nextInt(5) > 0) {
            return false;
        }
        Fate fate = random.nextBoolean() ? Fate.DIED : Fate.MERGED;
        lineage.add(new Lineage(id, "late " + id + " of " + version, fate, List.of()));
        return true;
    }

    private List<Centroid> centroids(long version) {
        List<Centroid> centroids = new ArrayList<>();
        for (int id : alive) {
            String label = "s" + id + (random.nextInt(4) == 0 ? " of " + version : "");
            List<Double> vector = numbers(features.dimension(), 0, 0, 0.5, 1, 1, 1.7, 2, 3, 4);
            centroids.add(new Centroid(id, label, vector, 1.0, 1.0, Map.of()));
        }
        return centroids;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < features.dimension(); i++) {
            names.add(features.clusteredFeature(i).name());
        }
        return names;
    }

    private List<Double> numbers(int count, double... choices) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(choices[random.nextInt(choices.length)]);
        }
        return numbers;
    }
}
