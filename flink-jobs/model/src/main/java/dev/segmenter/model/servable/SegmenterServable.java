// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.servable;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.ml.param.Param;
import org.apache.flink.ml.param.StringParam;
import org.apache.flink.ml.servable.api.DataFrame;
import org.apache.flink.ml.servable.api.ModelServable;
import org.apache.flink.ml.servable.api.Row;
import org.apache.flink.ml.servable.types.DataTypes;

/**
 * Scores feature vectors exactly as the job does, without guards, in any JVM service and without
 * Flink. A row's vector holds the clustered features in the snapshot's order, each in its own unit; the
 * row gets the nearest segment's id and label and the squared distance to it, all null for a vector
 * without direction under the cosine measure.
 */
public final class SegmenterServable implements ModelServable<SegmenterServable> {
    /** Column of the vectors. */
    public static final Param<String> VECTOR_COLUMN =
            new StringParam("vectorCol", "Column of the clustered features, own units.", "vector");

    /** Columns that {@link #transform} adds. */
    public static final String SEGMENT_ID = "segment_id";

    public static final String SEGMENT_LABEL = "segment_label";
    public static final String DISTANCE_SQUARED = "distance_squared";

    private final Map<Param<?>, Object> params = new HashMap<>();
    private CentroidModel model;
    private Transform[] transforms;

    public SegmenterServable() {
        params.put(VECTOR_COLUMN, VECTOR_COLUMN.defaultValue);
    }

    /** Scores with a snapshot at hand. */
    public SegmenterServable use(CentroidSnapshot snapshot) {
        model = CentroidModel.of(snapshot);
        transforms =
                snapshot.getTransforms().stream()
                        .map(name -> Transform.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toArray(Transform[]::new);
        return this;
    }

    /** Loads one snapshot in Avro single-object encoding, or the newest version of an Avro container file. */
    @Override
    public SegmenterServable setModelData(InputStream... modelData) throws IOException {
        if (modelData.length != 1) {
            throw new IllegalArgumentException(
                    "model data: one stream with a snapshot is needed, got " + modelData.length);
        }
        return use(SnapshotReader.read(modelData[0].readAllBytes()));
    }

    /** Adds segment_id, segment_label and distance_squared to the frame given, and returns it. */
    @Override
    public DataFrame transform(DataFrame input) {
        if (model == null) {
            throw new IllegalStateException("no snapshot is loaded; call setModelData first");
        }
        int column = input.getIndex(get(VECTOR_COLUMN));
        List<Integer> ids = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Double> distances = new ArrayList<>();
        for (Row row : input.collect()) {
            double[] framed = framed(row.<Vector>getAs(column).toArray());
            int slot = framed == null ? -1 : model.nearest(framed);
            ids.add(slot < 0 ? null : Integer.valueOf(model.segmentId(slot)));
            labels.add(slot < 0 ? null : model.label(slot));
            distances.add(slot < 0 ? null : Double.valueOf(model.distanceSquared(framed, slot)));
        }
        input.addColumn(SEGMENT_ID, DataTypes.INT, ids);
        input.addColumn(SEGMENT_LABEL, DataTypes.STRING, labels);
        return input.addColumn(DISTANCE_SQUARED, DataTypes.DOUBLE, distances);
    }

    /** The vector in the model's frame; null if it has no direction where one is needed. */
    private double[] framed(double[] values) {
        if (values.length != transforms.length) {
            throw new IllegalArgumentException(
                    "a vector has "
                            + values.length
                            + " entries; the model needs the "
                            + transforms.length
                            + " clustered features "
                            + model.snapshot().getFeatureNames());
        }
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = transforms[i].apply(values[i]);
            if (!Double.isFinite(vector[i])) {
                throw new IllegalArgumentException(
                        model.snapshot().getFeatureNames().get(i)
                                + ": '"
                                + values[i]
                                + "' cannot be scored; give a finite value that the feature can have");
            }
        }
        double squares = model.frame().scale(vector, 0, vector, 0);
        return squares > 0 || !model.frame().cosine() ? vector : null;
    }

    @Override
    public Map<Param<?>, Object> getParamMap() {
        return params;
    }
}
