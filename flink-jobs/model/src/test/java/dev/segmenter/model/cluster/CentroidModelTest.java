// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentroidModelTest {
    private static double[] array(double... values) {
        return values;
    }

    @Test
    void distanceSquared_euclidean_isTheSumOfSquaresInSigmas() {
        CentroidModel model =
                CentroidModel.of(
                        Models.plain(
                                "euclidean", array(0, 0), array(2, 5), array(2, 10), array(-4, 0)));
        double[] framed = new double[2];

        model.toFrame(array(4, -5), framed);

        assertThat(framed).containsExactly(2, -1);
        assertThat(model.distanceSquared(framed, 0)).isEqualTo(1 + 9);
        assertThat(model.distanceSquared(framed, 1)).isEqualTo(16 + 1);
        assertThat(model.nearest(framed)).isZero();
        assertThat(model.scaledCentroid(1, 0)).isEqualTo(-2);
    }

    @Test
    void nearest_randomModels_agreesWithTheDefinition() {
        Random random = new Random(3);
        for (int trial = 0; trial < 50; trial++) {
            int d = 1 + random.nextInt(9);
            double[][] centroids = {
                random.doubles(d, 0, 10).toArray(), random.doubles(d, 0, 10).toArray()
            };
            double[] sigma = random.doubles(d, 1, 3).toArray();
            double[] vector = random.doubles(d, 0, 10).toArray();
            CentroidModel model =
                    CentroidModel.of(
                            Models.plain(
                                    "euclidean",
                                    random.doubles(d, 4, 6).toArray(),
                                    sigma,
                                    centroids));
            double[] framed = new double[d];
            model.toFrame(vector, framed);

            double[] expected = new double[2];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < 2; j++) {
                    expected[j] += StrictMath.pow((vector[i] - centroids[j][i]) / sigma[i], 2);
                }
            }
            assertThat(model.distanceSquared(framed, 0)).isCloseTo(expected[0], within(1e-9));
            assertThat(model.distanceSquared(framed, 1)).isCloseTo(expected[1], within(1e-9));
            assertThat(model.nearest(framed)).isEqualTo(expected[0] <= expected[1] ? 0 : 1);
        }
    }

    @Test
    void toFrame_beyondEightSigma_isCutOff() {
        CentroidModel model =
                CentroidModel.of(
                        Models.plain("euclidean", array(10, 10), array(2, 2), array(10, 10)));
        double[] framed = new double[2];

        model.toFrame(array(1e6, -1e6), framed);

        assertThat(framed).containsExactly(13, -3);
    }

    @Test
    void toFrame_inactiveFeature_countsForNothing() {
        CentroidModel model =
                CentroidModel.of(Models.plain("euclidean", array(0, 3), array(1, 0), array(1, 3)));
        double[] framed = new double[2];

        model.toFrame(array(1, 1e9), framed);

        assertThat(model.distanceSquared(framed, 0)).isZero();
    }

    @Test
    void distanceSquared_cosine_dependsOnDirectionAlone() {
        CentroidModel model =
                CentroidModel.of(
                        Models.plain("cosine", array(1, 1), array(1, 2), array(3, 0), array(0, 8)));
        double[] framed = new double[2];

        model.toFrame(array(2, 4), framed);

        double half = Math.sqrt(0.5);
        assertThat(framed[0]).isCloseTo(half, within(1e-15));
        assertThat(framed[1]).isCloseTo(half, within(1e-15));
        // |u - v|^2 = 2 - 2 cos
        assertThat(model.distanceSquared(framed, 0)).isCloseTo(2 - 2 * half, within(1e-15));
        assertThat(model.distanceSquared(framed, 1)).isCloseTo(2 - 2 * half, within(1e-15));
    }

    @Test
    void scale_zeroVectorUnderCosine_tellsThatItHasNoDirection() {
        Frame frame = new Frame(array(1, 1), array(1, 1), true);

        assertThat(frame.scale(array(0, 0), 0, new double[2], 0)).isZero();
        assertThat(frame.scale(array(3, 4), 0, new double[2], 0)).isEqualTo(25);
    }

    @Test
    void slotOf_segment_findsItOrTellsThatItIsDead() {
        CentroidModel model =
                CentroidModel.of(Models.plain("euclidean", array(0), array(1), array(1), array(2)));

        assertThat(model.slotOf(2)).isEqualTo(1);
        assertThat(model.segmentId(1)).isEqualTo(2);
        assertThat(model.label(1)).isEqualTo("s2");
        assertThat(model.slotOf(3)).isEqualTo(-1);
    }

    @Test
    void of_malformedSnapshot_isRefused() {
        assertThatThrownBy(() -> CentroidModel.of(Models.plain("euclidean", array(0), array(1))))
                .hasMessageContaining("no centroids");
        assertThatThrownBy(
                        () ->
                                CentroidModel.of(
                                        Models.plain("euclidean", array(0), array(1), array(1, 2))))
                .hasMessageContaining("expected 1 numbers");
        assertThatThrownBy(
                        () ->
                                CentroidModel.of(
                                        Models.plain(
                                                "euclidean",
                                                array(0),
                                                array(1),
                                                array(Double.NaN))))
                .hasMessageContaining("not finite");
        assertThatThrownBy(
                        () ->
                                CentroidModel.of(
                                        Models.plain("euclidean", array(0), array(-1), array(1))))
                .hasMessageContaining("sigma -1.0");
        CentroidSnapshot ragged = Models.plain("euclidean", array(0, 0), array(1, 1), array(1, 1));
        ragged.setMean(List.of(1.0));
        assertThatThrownBy(() -> CentroidModel.of(ragged)).hasMessageContaining("expected 2");
    }

    @Test
    void isCosine_unknownMeasures_areRefusedWithTheRemedy() {
        assertThat(Frame.isCosine("cosine")).isTrue();
        assertThat(Frame.isCosine("euclidean")).isFalse();
        assertThatThrownBy(() -> Frame.isCosine("manhattan"))
                .hasMessageContaining("means do not minimise it");
        assertThatThrownBy(() -> Frame.isCosine("hamming"))
                .hasMessageContaining("use euclidean or cosine");
    }
}
