// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.local.LocalDataInputStream;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.apache.flink.ml.linalg.DenseVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkMlModelsTest {
    private static final CentroidSnapshot SNAPSHOT =
            CentroidSnapshot.newBuilder()
                    .setModelName("shop")
                    .setVersion(3)
                    .setModelId("m3")
                    .setEffectiveFrom(Instant.EPOCH)
                    .setCreatedAt(Instant.EPOCH)
                    .setObservedSince(Instant.EPOCH)
                    .setMeasure("euclidean")
                    .setFingerprint(7)
                    .setFeatureNames(List.of("x", "y", "z"))
                    .setTransforms(List.of("none", "none", "none"))
                    .setMean(List.of(1.0, 1.0, 1.0))
                    .setSigma(List.of(1.0, 2.0, 3.0))
                    .setCentroids(
                            List.of(
                                    centroid(4, 12.5, 0.1, -2.25, 1e-300),
                                    centroid(9, 0.0, Math.PI, 0.0, Double.MAX_VALUE)))
                    .setNextSegmentId(10)
                    .setWarming(false)
                    .setRescaled(false)
                    .setQuality(Quality.newBuilder().setVotes(0).build())
                    .setLineage(List.of())
                    .build();

    @TempDir Path folder;

    @Test
    void exportedModel_isReadByFlinkMlsOwnDecoder() throws Exception {
        Path file = folder.resolve("model");
        try (OutputStream out = Files.newOutputStream(file)) {
            new FlinkMlModels.ModelEncoder().encode(SNAPSHOT, out);
        }

        KMeansModelData read;
        try (LocalDataInputStream in = new LocalDataInputStream(file.toFile());
                StreamFormat.Reader<KMeansModelData> reader =
                        new KMeansModelData.ModelDataDecoder()
                                .createReader(new Configuration(), in)) {
            read = reader.read();
            assertThat(reader.read()).as("one model a file").isNull();
        }

        assertThat(read.centroids)
                .containsExactly(
                        new DenseVector(new double[] {0.1, -2.25, 1e-300}),
                        new DenseVector(new double[] {Math.PI, 0.0, Double.MAX_VALUE}));
        assertThat(read.weights).isEqualTo(new DenseVector(new double[] {12.5, 0.0}));
    }

    private static Centroid centroid(int id, double weight, double... vector) {
        List<Double> numbers = List.of(vector[0], vector[1], vector[2]);
        return new Centroid(id, "segment " + id, numbers, weight, 1.0, Map.of());
    }
}
