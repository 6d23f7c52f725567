// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Snapshots as Flink ML k-means model data: centroids in transformed, unscaled units, with their weights. */
public final class FlinkMlModels {
    private FlinkMlModels() {}

    /** Writes each version to its own folder, PATH/MODEL/version-N/, exactly once. */
    static FileSink<CentroidSnapshot> sink(String path) {
        return FileSink.forRowFormat(new Path(path), new ModelEncoder())
                .withBucketAssigner(new ByVersion())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    /** The exchange form of a snapshot. */
    public static KMeansModelData toModelData(CentroidSnapshot snapshot) {
        List<Centroid> centroids = snapshot.getCentroids();
        DenseVector[] vectors = new DenseVector[centroids.size()];
        double[] weights = new double[centroids.size()];
        for (int j = 0; j < vectors.length; j++) {
            List<Double> vector = centroids.get(j).getVector();
            vectors[j] =
                    new DenseVector(vector.stream().mapToDouble(Double::doubleValue).toArray());
            weights[j] = centroids.get(j).getWeight();
        }
        return new KMeansModelData(vectors, new DenseVector(weights));
    }

    /** Flink ML's own encoder behind the snapshot's. */
    static final class ModelEncoder implements Encoder<CentroidSnapshot> {
        private static final long serialVersionUID = 1L;

        private transient KMeansModelData.ModelDataEncoder encoder;

        @Override
        public void encode(CentroidSnapshot snapshot, OutputStream stream) throws IOException {
            if (encoder == null) {
                encoder = new KMeansModelData.ModelDataEncoder();
            }
            encoder.encode(toModelData(snapshot), stream);
        }
    }

    private static final class ByVersion implements BucketAssigner<CentroidSnapshot, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String getBucketId(CentroidSnapshot snapshot, Context context) {
            return snapshot.getModelName() + "/version-" + snapshot.getVersion();
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
