// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.ml.common.distance.DistanceMeasure;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.VectorWithNorm;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DistancesTest {
    @Property
    void squared_anyVectors_agreesWithFlinkMl(
            @ForAll @Size(value = 11) double @DoubleRange(min = -1e3, max = 1e3) [] a,
            @ForAll @Size(value = 11) double @DoubleRange(min = -1e3, max = 1e3) [] b) {
        double expected =
                DistanceMeasure.getInstance("euclidean")
                        .distance(
                                new VectorWithNorm(new DenseVector(a)),
                                new VectorWithNorm(new DenseVector(b)));

        assertThat(Math.sqrt(Distances.squared(a, 0, b, 0, 11)))
                .isCloseTo(expected, Offset.offset(1e-9 * (1 + expected)));
    }

    @Test
    void squared_eachDimension_usesItsOwnRange() {
        for (int d = 1; d < 20; d++) {
            double[] a = new double[d + 2];
            double[] b = new double[d + 3];
            double expected = 0;
            for (int i = 0; i < d; i++) {
                a[1 + i] = i + 1;
                expected += (i + 1) * (i + 1);
            }
            a[0] = 99;
            a[d + 1] = 99;

            assertThat(Distances.squared(a, 1, b, 2, d)).isEqualTo(expected);
        }
    }

    @Test
    void nearest_equals_theLowestWins() {
        double[] rows = {5, 1, 3, 1, 3};

        assertThat(Distances.nearest(new double[] {2}, 0, rows, 5, 1)).isEqualTo(1);
    }
}
