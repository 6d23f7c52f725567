// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
    private static final double EXACT = 1e-9;

    @Test
    void loadings_pointsOnALine_areItsDirectionWithTheLargestPositive() {
        List<double[]> line = new ArrayList<>();
        for (int i = -5; i <= 5; i++) {
            line.add(new double[] {7 - 3 * i, 4 * i, 2});
        }
        PrincipalAxes axes = PrincipalAxes.of(line);

        assertThat(axes.share(0)).isCloseTo(1, within(EXACT));
        assertThat(axes.loadings(0)).containsExactly(new double[] {-0.6, 0.8, 0}, within(EXACT));
        assertThat(axes.coordinate(new double[] {7, 0, 2}, axes.loadings(0)))
                .isCloseTo(0, within(EXACT));
        assertThat(axes.coordinate(new double[] {4, 4, 2}, axes.loadings(0)))
                .isCloseTo(5, within(EXACT));
    }

    @Test
    void share_randomPoints_isTheVarianceOfTheirCoordinates() {
        Random random = new Random(5);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double common = random.nextGaussian();
            points.add(
                    new double[] {
                        3 * common + random.nextGaussian(),
                        random.nextGaussian(),
                        common - random.nextGaussian()
                    });
        }
        PrincipalAxes axes = PrincipalAxes.of(points);
        double all = 0;
        for (int feature = 0; feature < 3; feature++) {
            int i = feature;
            all += StatUtils.variance(points.stream().mapToDouble(p -> p[i]).toArray());
        }

        for (int axis = 0; axis < 3; axis++) {
            double[] loadings = axes.loadings(axis);
            double[] along =
                    points.stream().mapToDouble(p -> axes.coordinate(p, loadings)).toArray();
            assertThat(StatUtils.mean(along)).isCloseTo(0, within(EXACT));
            assertThat(StatUtils.variance(along) / all).isCloseTo(axes.share(axis), within(EXACT));
        }
        assertThat(axes.share(0)).isGreaterThan(axes.share(1));
    }

    @Test
    void share_pointsAllTheSame_isZero() {
        List<double[]> same = List.of(new double[] {1, 2}, new double[] {1, 2});

        assertThat(PrincipalAxes.of(same).share(0)).isZero();
    }
}
