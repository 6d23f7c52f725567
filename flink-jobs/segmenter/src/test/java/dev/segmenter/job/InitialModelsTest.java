// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialModelsTest {
    private static final int SHOP_DIMENSION = 8;

    @TempDir Path folder;

    @Test
    void flinkMlModelData_startsTheModel() throws IOException {
        CentroidSnapshot snapshot = load("flink-ml:" + flinkMl(SHOP_DIMENSION));

        assertThat(snapshot.getVersion()).isZero();
        assertThat(snapshot.getCentroids())
                .extracting(Centroid::getVector)
                .containsExactly(vector(1, SHOP_DIMENSION), vector(2, SHOP_DIMENSION));
    }

    @Test
    void exportedModelData_comesBackAsTheSameCentroids() throws IOException {
        CentroidSnapshot snapshot = load("flink-ml:" + flinkMl(SHOP_DIMENSION));
        Path again = folder.resolve("again");
        try (OutputStream out = Files.newOutputStream(again)) {
            new FlinkMlModels.ModelEncoder().encode(snapshot, out);
        }

        assertThat(load("flink-ml:" + again).getCentroids())
                .extracting(Centroid::getVector)
                .isEqualTo(snapshot.getCentroids().stream().map(Centroid::getVector).toList());
    }

    @Test
    void avroContainer_givesItsLastSnapshot() throws IOException {
        CentroidSnapshot first = load("flink-ml:" + flinkMl(SHOP_DIMENSION));
        CentroidSnapshot second = CentroidSnapshot.newBuilder(first).setVersion(9).build();
        Path file = folder.resolve("snapshots.avro");
        try (DataFileWriter<CentroidSnapshot> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(CentroidSnapshot.class))) {
            writer.create(CentroidSnapshot.getClassSchema(), file.toFile());
            writer.append(first);
            writer.append(second);
        }

        assertThat(load(file.toString())).isEqualTo(second);
    }

    @Test
    void fileThatIsNoModel_isRefusedWithTheKey() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no model");

        assertThatThrownBy(() -> load(text.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.initial");
        assertThatThrownBy(() -> load(folder.resolve("missing").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.initial");
        assertThatThrownBy(() -> load("flink-ml:" + flinkMl(3)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("8 clustered features");
    }

    private Path flinkMl(int d) throws IOException {
        Path file = folder.resolve("model-data-" + d);
        try (OutputStream out = Files.newOutputStream(file)) {
            new KMeansModelData.ModelDataEncoder()
                    .encode(
                            new KMeansModelData(
                                    new DenseVector[] {filled(1, d), filled(2, d)},
                                    Vectors.dense(10, 20)),
                            out);
        }
        return file;
    }

    private static DenseVector filled(double value, int d) {
        double[] values = new double[d];
        Arrays.fill(values, value);
        return new DenseVector(values);
    }

    private static List<Double> vector(double value, int d) {
        return Arrays.stream(filled(value, d).values).boxed().toList();
    }

    private static CentroidSnapshot load(String initial) {
        SegmenterConfig config =
                SegmenterConfig.load(
                        null,
                        Map.of("kafka.bootstrap-servers", "broker:9092", "model.initial", initial));
        return InitialModels.of(config).load("default").orElseThrow();
    }
}
