// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.servable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Models;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.servable.api.DataFrame;
import org.apache.flink.ml.servable.api.Row;
import org.apache.flink.ml.servable.types.BasicType;
import org.apache.flink.ml.servable.types.DataType;
import org.apache.flink.ml.servable.types.DataTypes;
import org.junit.jupiter.api.Test;

class SegmenterServableTest {
    private final CentroidSnapshot snapshot =
            Models.snapshot(
                    "euclidean",
                    List.of("log1p", "none"),
                    new double[] {1, 1},
                    new double[] {0.5, 2},
                    new double[] {0.5, 1},
                    new double[] {3, 4});

    private static DataFrame frame(String column, double[]... vectors) {
        List<Row> rows = new ArrayList<>();
        for (double[] vector : vectors) {
            rows.add(new Row(new ArrayList<>(List.of(new DenseVector(vector)))));
        }
        List<String> names = new ArrayList<>(List.of(column));
        List<DataType> types = new ArrayList<>(List.of(DataTypes.VECTOR(BasicType.DOUBLE)));
        return new DataFrame(names, types, rows);
    }

    private static SegmenterServable load(byte[] bytes) throws IOException {
        return new SegmenterServable().setModelData(new ByteArrayInputStream(bytes));
    }

    private static byte[] singleObject(CentroidSnapshot snapshot) throws IOException {
        return snapshot.toByteBuffer().array();
    }

    @Test
    void transform_vectorsInOwnUnits_scoresAsTheModelDoes() throws Exception {
        double[][] vectors = {{0.5, 1}, {25, 3.5}, {0, 100}};

        DataFrame scored = load(singleObject(snapshot)).transform(frame("vector", vectors));

        assertThat(scored.getColumnNames())
                .containsExactly("vector", "segment_id", "segment_label", "distance_squared");
        CentroidModel model = CentroidModel.of(snapshot);
        for (int row = 0; row < vectors.length; row++) {
            double[] framed = {StrictMath.log1p(vectors[row][0]), vectors[row][1]};
            model.toFrame(framed, framed);
            int slot = model.nearest(framed);
            Row result = scored.collect().get(row);
            assertThat(result.get(1)).isEqualTo(model.segmentId(slot));
            assertThat(result.get(2)).isEqualTo(model.label(slot));
            assertThat(result.get(3)).isEqualTo(model.distanceSquared(framed, slot));
        }
        assertThat(scored.collect().get(0).get(1)).isEqualTo(1);
        assertThat(scored.collect().get(1).get(1)).isEqualTo(2);
    }

    @Test
    void setModelData_containerFile_takesTheNewestVersion() throws Exception {
        CentroidSnapshot newer = CentroidSnapshot.newBuilder(snapshot).setVersion(3).build();
        newer.getCentroids().get(0).setLabel("newest");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<CentroidSnapshot> file =
                new DataFileWriter<>(new SpecificDatumWriter<>(CentroidSnapshot.class))) {
            file.create(CentroidSnapshot.getClassSchema(), bytes);
            file.append(snapshot);
            file.append(newer);
            file.append(CentroidSnapshot.newBuilder(snapshot).setVersion(2).build());
        }

        DataFrame scored =
                load(bytes.toByteArray()).transform(frame("vector", new double[] {0, 1}));

        assertThat(scored.collect().get(0).get(2)).isEqualTo("newest");
    }

    @Test
    void transform_otherColumnName_isSetByParameter() throws Exception {
        SegmenterServable servable = load(singleObject(snapshot));
        servable.set(SegmenterServable.VECTOR_COLUMN, "features");

        assertThat(servable.transform(frame("features", new double[] {0, 1})).collect()).hasSize(1);
    }

    @Test
    void transform_noDirectionUnderCosine_givesNulls() {
        SegmenterServable servable =
                new SegmenterServable()
                        .use(
                                Models.plain(
                                        "cosine",
                                        new double[] {1, 1},
                                        new double[] {1, 1},
                                        new double[] {1, 0}));

        Row row = servable.transform(frame("vector", new double[] {0, 0})).collect().get(0);

        assertThat(row.get(1)).isNull();
        assertThat(row.get(2)).isNull();
        assertThat(row.get(3)).isNull();
    }

    @Test
    void transform_badVectorsOrNoModel_areRefusedInWords() throws Exception {
        SegmenterServable servable = load(singleObject(snapshot));

        assertThatThrownBy(() -> servable.transform(frame("vector", new double[] {1})))
                .hasMessageContaining("needs the 2 clustered features [f0, f1]");
        assertThatThrownBy(() -> servable.transform(frame("vector", new double[] {Double.NaN, 1})))
                .hasMessageContaining("f0: 'NaN'");
        assertThatThrownBy(() -> servable.transform(frame("vector", new double[] {-2, 1})))
                .hasMessageContaining("f0: '-2.0'");
        assertThatThrownBy(
                        () ->
                                new SegmenterServable()
                                        .transform(frame("vector", new double[] {1, 1})))
                .hasMessageContaining("setModelData");
    }

    @Test
    void setModelData_noSnapshot_isRefused() {
        assertThatThrownBy(() -> new SegmenterServable().setModelData(new InputStream[0]))
                .hasMessageContaining("one stream");
        assertThatThrownBy(() -> load(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
    }
}
