// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Models with few centroids, written down in a line. Sigma 1 and mean 5 unless told otherwise. */
final class ModelBuilder {
    private final FeatureSet features;
    private final long version;
    private final List<Centroid> centroids = new ArrayList<>();
    private final List<Lineage> lineage = new ArrayList<>();
    private long effectiveFrom;
    private long observedSince;
    private String measure = Frame.EUCLIDEAN;
    private List<Double> mean;
    private List<Double> sigma;

    ModelBuilder(FeatureSet features, long version) {
        this.features = features;
        this.version = version;
        mean = Collections.nCopies(features.dimension(), 5.0);
        sigma = Collections.nCopies(features.dimension(), 1.0);
    }

    ModelBuilder effectiveFrom(long time) {
        effectiveFrom = time;
        return this;
    }

    ModelBuilder observedSince(long time) {
        observedSince = time;
        return this;
    }

    ModelBuilder cosine() {
        measure = Frame.COSINE;
        return this;
    }

    ModelBuilder mean(double... numbers) {
        mean = boxed(numbers);
        return this;
    }

    ModelBuilder sigma(double... numbers) {
        sigma = boxed(numbers);
        return this;
    }

    ModelBuilder centroid(int segmentId, String label, double... vector) {
        centroids.add(new Centroid(segmentId, label, boxed(vector), 100.0, 1.0, Map.of()));
        return this;
    }

    ModelBuilder died(int segmentId, String label) {
        lineage.add(new Lineage(segmentId, label, Fate.DIED, List.of()));
        return this;
    }

    CentroidModel build() {
        return CentroidModel.of(
                CentroidSnapshot.newBuilder()
                        .setModelName("test")
                        .setVersion(version)
                        .setModelId("model-" + version)
                        .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
                        .setCreatedAt(Instant.ofEpochMilli(effectiveFrom))
                        .setObservedSince(Instant.ofEpochMilli(observedSince))
                        .setMeasure(measure)
                        .setFingerprint(features.fingerprint())
                        .setFeatureNames(clusteredNames())
                        .setTransforms(Collections.nCopies(features.dimension(), "none"))
                        .setMean(mean)
                        .setSigma(sigma)
                        .setCentroids(centroids)
                        .setNextSegmentId(1_000)
                        .setWarming(false)
                        .setRescaled(false)
                        .setQuality(Quality.newBuilder().setVotes(0).build())
                        .setLineage(lineage)
                        .build());
    }

    private List<String> clusteredNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < features.dimension(); i++) {
            names.add(features.clusteredFeature(i).name());
        }
        return names;
    }

    private static List<Double> boxed(double... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
