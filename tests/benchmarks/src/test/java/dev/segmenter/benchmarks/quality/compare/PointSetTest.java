// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PointSetTest {
    private static final double[] OWN = {100, 7, 300, 7, 200, 10};
    private static final int[] TRUTH = {1, 2, 3};

    @Test
    void of_points_keepsRatiosOfDistancesWithinReach() {
        PointSet set = PointSet.of("set", 2, 2, OWN, TRUTH);

        assertThat(set.points()).contains(new double[] {-4, -0.04, 4, -0.04}, within(1e-12));
        assertThat(set.inOwnUnits(set.points())).contains(OWN, within(1e-12));
    }

    @Test
    void shuffled_keepsEachPointWithItsClass() {
        PointSet shuffled = PointSet.of("set", 2, 2, OWN, TRUTH).shuffled(3);

        double[] own = shuffled.inOwnUnits(shuffled.points());
        for (int i = 0; i < 3; i++) {
            int origin = shuffled.truth()[i] - 1;
            assertThat(Arrays.copyOfRange(own, 2 * i, 2 * i + 2))
                    .contains(Arrays.copyOfRange(OWN, 2 * origin, 2 * origin + 2), within(1e-12));
        }
        assertThat(shuffled.truth()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void standardise_ofAConstantFeature_makesItZero() {
        double[] points = {1, 5, 3, 5};

        BenchmarkSet.standardise(points, 2);

        assertThat(points).containsExactly(-1, 0, 1, 0);
    }

    @Test
    void stream_inBatches_leavesNoPointOut() {
        PointStream stream = new PointStream(new double[7], 1, 2, 3, 1, 20, 1);

        assertThat(new int[] {stream.from(0), stream.from(1), stream.from(2), stream.from(3)})
                .containsExactly(0, 2, 4, 7);
        assertThat(stream.reservoir()).hasSize(2);
    }

    @Test
    void stream_thatIsAllStart_isRefused() {
        assertThatThrownBy(() -> new PointStream(new double[7], 1, 2, 3, 3, 20, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 of 3");
    }
}
