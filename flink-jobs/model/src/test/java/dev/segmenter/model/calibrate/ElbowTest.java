// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ElbowTest {
    /** Figure 2 of the paper: y = -1 / (x + 0.1) + 5 at ten points from 0 to 1 has its knee at x = 0.22. */
    @Test
    void ofIncreasing_figure2OfThePaper_findsItsKnee() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i / 9.0).toArray();
        double[] y = Arrays.stream(x).map(v -> -1 / (v + 0.1) + 5).toArray();

        assertThat(x[Elbow.ofIncreasing(x, y).orElseThrow()]).isCloseTo(0.22, within(0.005));
    }

    @Test
    void ofDecreasing_figure2UpsideDown_findsTheSamePlace() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i / 9.0).toArray();
        double[] y = Arrays.stream(x).map(v -> 1 / (v + 0.1)).toArray();

        assertThat(Elbow.ofDecreasing(x, y)).hasValue(2);
    }

    @Test
    void ofDecreasing_twoStraightPieces_findsWhereTheyMeet() {
        double[] x = {2, 3, 4, 5, 6, 7, 8};
        double[] y = {100, 70, 40, 10, 8, 6, 4};

        assertThat(Elbow.ofDecreasing(x, y)).hasValue(3);
    }

    @Test
    void ofDecreasing_straightLineOrTooFewPoints_hasNone() {
        assertThat(Elbow.ofDecreasing(new double[] {1, 2, 3, 4}, new double[] {8, 6, 4, 2}))
                .isEmpty();
        assertThat(Elbow.ofDecreasing(new double[] {1, 2}, new double[] {8, 6})).isEmpty();
        assertThat(Elbow.ofDecreasing(new double[] {1, 2, 3}, new double[] {5, 5, 5})).isEmpty();
    }
}
