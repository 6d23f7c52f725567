// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.ml.common.distance.DistanceMeasure;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.VectorWithNorm;
import org.junit.jupiter.api.Test;

/** Here and not in the model's module, since Flink ML's distances need flink-core and a BLAS. */
class FlinkMlAgreementTest {
    private static final int SEGMENTS = 5;

    private final Random random = new Random(3);
    private final DistanceMeasure euclidean = DistanceMeasure.getInstance("euclidean");

    @Test
    void distanceSquared_randomModels_agreesWithFlinkMlOnFramedVectors() {
        for (int trial = 0; trial < 50; trial++) {
            int d = 1 + random.nextInt(12);
            CentroidModel model = CentroidModel.of(snapshot(d));
            double[] framed = new double[d];
            model.toFrame(random.doubles(d, 0, 10).toArray(), framed);
            VectorWithNorm point = new VectorWithNorm(new DenseVector(framed));
            VectorWithNorm[] centroids =
                    IntStream.range(0, SEGMENTS)
                            .mapToObj(slot -> framedCentroid(model, slot))
                            .toArray(VectorWithNorm[]::new);

            for (int slot = 0; slot < SEGMENTS; slot++) {
                assertThat(Math.sqrt(model.distanceSquared(framed, slot)))
                        .isCloseTo(euclidean.distance(centroids[slot], point), within(1e-9));
            }
            assertThat(model.nearest(framed)).isEqualTo(euclidean.findClosest(centroids, point));
        }
    }

    private static VectorWithNorm framedCentroid(CentroidModel model, int slot) {
        return new VectorWithNorm(
                new DenseVector(
                        IntStream.range(0, model.dimension())
                                .mapToDouble(i -> model.scaledCentroid(slot, i))
                                .toArray()));
    }

    private CentroidSnapshot snapshot(int d) {
        List<Centroid> centroids =
                IntStream.rangeClosed(1, SEGMENTS)
                        .mapToObj(
                                id ->
                                        new Centroid(
                                                id,
                                                "s" + id,
                                                numbers(d, 0, 10),
                                                1.0,
                                                1.0,
                                                Map.of()))
                        .toList();
        return CentroidSnapshot.newBuilder()
                .setModelName("test")
                .setVersion(1)
                .setModelId("0")
                .setEffectiveFrom(Instant.EPOCH)
                .setCreatedAt(Instant.EPOCH)
                .setObservedSince(Instant.EPOCH)
                .setMeasure("euclidean")
                .setFingerprint(7)
                .setFeatureNames(Collections.nCopies(d, "feature"))
                .setTransforms(Collections.nCopies(d, "none"))
                .setMean(numbers(d, 4, 6))
                .setSigma(numbers(d, 1, 3))
                .setCentroids(centroids)
                .setNextSegmentId(SEGMENTS + 1)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(0L, null, null, null, null, null))
                .build();
    }

    private List<Double> numbers(int d, double from, double to) {
        return Arrays.stream(random.doubles(d, from, to).toArray()).boxed().toList();
    }
}
