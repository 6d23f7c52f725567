// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** A model for jobs that are to have segments from their first event on, as model.initial reads it. */
public final class GivenModel {
    /** Its name in a variant's folder. */
    public static final String FILE = "model.avro";

    private static final String ANY_ID = "0".repeat(64);

    private GivenModel() {}

    /** Writes a snapshot of these centroids. */
    static void write(Path file, FeatureSet features, PeerModel model) throws IOException {
        CentroidSnapshot snapshot = snapshot(features, model);
        try (DataFileWriter<CentroidSnapshot> out =
                new DataFileWriter<>(new SpecificDatumWriter<>(CentroidSnapshot.class))) {
            out.create(snapshot.getSchema(), file.toFile());
            out.append(snapshot);
        }
    }

    /** A snapshot of sigma 1, effective since the first generated event. */
    static CentroidSnapshot snapshot(FeatureSet features, PeerModel model) {
        int d = features.dimension();
        Instant start = Instant.ofEpochMilli(LoadEvents.START);
        List<Centroid> centroids =
                IntStream.range(0, model.rows().size())
                        .mapToObj(j -> centroid(j + 1, model.rows().get(j)))
                        .toList();
        return CentroidSnapshot.newBuilder()
                .setModelName("default")
                .setVersion(1)
                .setModelId(ANY_ID)
                .setEffectiveFrom(start)
                .setCreatedAt(start)
                .setObservedSince(start)
                .setMeasure("euclidean")
                .setFingerprint(features.fingerprint())
                .setFeatureNames(
                        IntStream.range(0, d)
                                .mapToObj(i -> features.clusteredFeature(i).name())
                                .toList())
                .setTransforms(Collections.nCopies(d, "log1p"))
                .setMean(Arrays.stream(model.mean()).boxed().toList())
                .setSigma(Collections.nCopies(d, 1.0))
                .setCentroids(centroids)
                .setNextSegmentId(centroids.size() + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(Quality.newBuilder().setVotes(0).build())
                .build();
    }

    private static Centroid centroid(int id, double[] vector) {
        return Centroid.newBuilder()
                .setSegmentId(id)
                .setLabel("segment " + id)
                .setVector(Arrays.stream(vector).boxed().toList())
                .setWeight(1_000)
                .setSpread(1)
                .build();
    }
}
