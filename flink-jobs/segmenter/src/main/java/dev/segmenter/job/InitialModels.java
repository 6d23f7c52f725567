// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.job.kafka.KafkaInitialModel;
import dev.segmenter.model.train.ModelImport;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;

/** Where the option model.initial says that the model comes from; files are read at start, by any file system of Flink. */
public final class InitialModels {
    /** Before the path of Flink ML k-means model data. */
    static final String FLINK_ML = "flink-ml:";

    private InitialModels() {}

    /** The model that the option names; refuses a file that cannot be read. */
    public static InitialModel of(SegmenterConfig config) {
        String initial = config.initialModel();
        return switch (initial) {
            case "none" -> InitialModel.NONE;
            case "latest" -> new KafkaInitialModel(config);
            default -> {
                CentroidSnapshot snapshot = read(initial, config);
                yield name -> Optional.of(snapshot);
            }
        };
    }

    private static CentroidSnapshot read(String initial, SegmenterConfig config) {
        boolean flinkMl = initial.startsWith(FLINK_ML);
        Path path = new Path(flinkMl ? initial.substring(FLINK_ML.length()) : initial);
        try (FSDataInputStream in = path.getFileSystem().open(path)) {
            return flinkMl ? flinkMl(in, config) : lastOf(in);
        } catch (IOException e) {
            throw new ConfigException(
                    SegmenterOptions.INITIAL_MODEL.key()
                            + ": '"
                            + initial
                            + "' cannot be read ("
                            + e.getMessage()
                            + "); use none, latest, the path of an Avro container file of snapshots, or "
                            + FLINK_ML
                            + " and the path of Flink ML k-means model data",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static CentroidSnapshot lastOf(FSDataInputStream in) throws IOException {
        try (DataFileStream<CentroidSnapshot> records =
                new DataFileStream<>(in, new SpecificDatumReader<>(CentroidSnapshot.class))) {
            CentroidSnapshot last = null;
            while (records.hasNext()) {
                last = records.next();
            }
            if (last == null) {
                throw new IOException("it holds no snapshot");
            }
            return last;
        }
    }

    private static CentroidSnapshot flinkMl(FSDataInputStream in, SegmenterConfig config)
            throws IOException {
        try (StreamFormat.Reader<KMeansModelData> reader =
                new KMeansModelData.ModelDataDecoder().createReader(new Configuration(), in)) {
            KMeansModelData data = reader.read();
            if (data == null) {
                throw new IOException("it holds no model data");
            }
            return ModelImport.of(
                    data.centroids, data.weights, config.features(), config.trainer());
        }
    }
}
