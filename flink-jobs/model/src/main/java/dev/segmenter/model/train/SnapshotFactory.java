// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.explain.Population;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Drift;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the state of a model down as a snapshot. */
final class SnapshotFactory {
    private final FeatureSet features;
    private final TrainerOptions options;

    SnapshotFactory(FeatureSet features, TrainerOptions options) {
        this.features = features;
        this.options = options;
    }

    /** When a snapshot was made, is effective, and since when votes were seen (event time, ms); windows still fill. */
    record Moments(long createdAt, long effectiveFrom, long observedSince, boolean warming) {}

    /** The snapshot after a parent (null for the first), as yet without the figures that need a sample. */
    CentroidSnapshot create(
            OnlineKMeans model,
            List<String> labels,
            int nextSegmentId,
            CentroidSnapshot parent,
            Moments moments) {
        CentroidSnapshot snapshot = new CentroidSnapshot();
        snapshot.setModelName(options.modelName());
        snapshot.setVersion(parent == null ? 1 : parent.getVersion() + 1);
        snapshot.setParentId(parent == null ? null : parent.getModelId());
        snapshot.setCreatedAt(Instant.ofEpochMilli(moments.createdAt()));
        snapshot.setEffectiveFrom(Instant.ofEpochMilli(moments.effectiveFrom()));
        snapshot.setObservedSince(Instant.ofEpochMilli(moments.observedSince()));
        snapshot.setMeasure(options.measure());
        snapshot.setFingerprint(features.fingerprint());
        snapshot.setFeatureNames(clustered(i -> features.clusteredFeature(i).name()));
        snapshot.setTransforms(
                clustered(
                        i ->
                                features.clusteredFeature(i)
                                        .transform()
                                        .name()
                                        .toLowerCase(Locale.ROOT)));
        snapshot.setMean(boxed(model.frame().mean()));
        snapshot.setSigma(boxed(model.frame().sigma()));
        snapshot.setCentroids(centroids(model, labels));
        snapshot.setNextSegmentId(nextSegmentId);
        snapshot.setWarming(moments.warming());
        snapshot.setRescaled(rescaled(snapshot, parent));
        snapshot.setQuality(noVotes());
        snapshot.setDrift(unknownDrift());
        snapshot.setShadows(List.of());
        snapshot.setLineage(lineage(snapshot, parent));
        snapshot.setModelId(ModelId.of(snapshot));
        return snapshot;
    }

    /**
     * The version after a given one, by which a new job goes on with its model. It is effective from the
     * beginning of time, since a replay may begin long before the given one was made; the new job
     * has seen nothing earlier than what that was trained on, so coverage counts from there.
     */
    static CentroidSnapshot successor(CentroidSnapshot parent) {
        return CentroidSnapshot.newBuilder(parent)
                .setVersion(parent.getVersion() + 1)
                .setModelId(ModelId.of(parent))
                .setParentId(parent.getModelId())
                .setEffectiveFrom(Instant.EPOCH)
                .setObservedSince(parent.getCreatedAt())
                .setRescaled(false)
                .setRescaleRelabelled(0)
                .setRelabelled(0)
                .setQuality(noVotes())
                .setDrift(unknownDrift())
                .setShadows(List.of())
                .setLineage(
                        parent.getCentroids().stream().map(c -> entry(c, Fate.SURVIVED)).toList())
                .build();
    }

    /** How each segment's centroid deviates from the population, in sigmas (k x d). */
    double[][] deviations(OnlineKMeans model) {
        List<String> unnamed = Collections.nCopies(model.size(), "");
        Population population =
                new Population(
                        clustered(i -> features.clusteredFeature(i).name()),
                        boxed(model.frame().sigma()),
                        centroids(model, unnamed),
                        features);
        return IntStream.range(0, model.size())
                .mapToObj(population::deviations)
                .toArray(double[][]::new);
    }

    private static Drift unknownDrift() {
        return new Drift(null, null, null, null, null);
    }

    private static Quality noVotes() {
        return new Quality(0L, null, null, null, null, null);
    }

    private static boolean rescaled(CentroidSnapshot snapshot, CentroidSnapshot parent) {
        return parent != null
                && parent.getFingerprint() == snapshot.getFingerprint()
                && !(parent.getMean().equals(snapshot.getMean())
                        && parent.getSigma().equals(snapshot.getSigma()));
    }

    private List<String> clustered(IntFunction<String> text) {
        return IntStream.range(0, features.dimension()).mapToObj(text).toList();
    }

    private static List<Centroid> centroids(OnlineKMeans model, List<String> labels) {
        List<Centroid> centroids = new ArrayList<>();
        for (int j = 0; j < model.size(); j++) {
            centroids.add(
                    new Centroid(
                            model.segmentIds()[j],
                            labels.get(j),
                            boxed(model.vector(j)),
                            model.weight(j),
                            model.spread(j),
                            model.profile(j)));
        }
        return centroids;
    }

    /** Tells splits and mergers in the lineage of a snapshot. */
    static void tell(CentroidSnapshot snapshot, List<SegmentFate> fates) {
        Map<Integer, SegmentFate> byId =
                fates.stream().collect(Collectors.toMap(SegmentFate::segmentId, f -> f));
        for (Lineage entry : snapshot.getLineage()) {
            SegmentFate told = byId.get(entry.getSegmentId());
            if (told != null) {
                entry.setFate(told.fate());
                entry.setParents(told.parents());
            }
        }
    }

    /** By segment id: alive in both SURVIVED, new BORN, gone DIED. */
    private static List<Lineage> lineage(CentroidSnapshot snapshot, CentroidSnapshot parent) {
        Map<Integer, Lineage> byId = new TreeMap<>();
        if (parent != null) {
            parent.getCentroids().forEach(c -> byId.put(c.getSegmentId(), entry(c, Fate.DIED)));
        }
        for (Centroid centroid : snapshot.getCentroids()) {
            boolean known = byId.containsKey(centroid.getSegmentId());
            byId.put(centroid.getSegmentId(), entry(centroid, known ? Fate.SURVIVED : Fate.BORN));
        }
        return new ArrayList<>(byId.values());
    }

    private static Lineage entry(Centroid centroid, Fate fate) {
        return new Lineage(centroid.getSegmentId(), centroid.getLabel(), fate, List.of());
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
