// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.benchmarks.quality.Clustering;
import dev.segmenter.model.calibrate.AdjustedRandIndex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final int D = DriftingClusters.D;

    @Test
    void sudden_change_movesHalfOfTheClustersByFourDeviationsInEachFeature() {
        Scenario scenario = Scenario.sudden();
        List<Truth> truths = scenario.truths(1);
        int change = scenario.stepOf(scenario.changes()[0]);
        double[] before = truths.get(change - 1).means();
        double[] after = truths.get(change).means();

        for (int i = 0; i < before.length; i++) {
            double move = i / D < scenario.k() / 2 ? 4 : 0;
            assertThat(Math.abs(after[i] - before[i])).isCloseTo(move, within(1e-9));
        }
    }

    @Test
    void sse_ofTheClassMeans_isThatOfBatchKMeansAndOfDeviationOne() {
        Truth truth = Scenario.recurring().truths(2).get(0);

        double[] rows = BatchTrace.of(truth, 8, 1).last().centroids();

        assertThat(new Clustering(truth.points(), rows, D).sse())
                .isCloseTo(truth.sse(), within(1e-6));
        assertThat(truth.sse() / truth.points().length).isCloseTo(1, within(0.05));
    }

    @Test
    void gradual_change_isHalfWayInTheMiddle() {
        Scenario scenario = Scenario.gradual();
        int arrival = scenario.changes()[0];
        int middle = arrival - 3 * Scenario.HALF_LIFE / 2;

        assertThat(scenario.course().progress(middle)).isCloseTo(0.5, within(1e-12));
        assertThat(scenario.course().progress(arrival)).isEqualTo(1);
    }

    @Test
    void recurring_change_goesAndComesBack() {
        int[] changes = Scenario.recurring().changes();
        DriftingClusters.Course course = Scenario.recurring().course();

        assertThat(Arrays.stream(changes).limit(3).mapToDouble(course::progress).toArray())
                .containsExactly(1, 0, 1);
        assertThat(course.progress(changes[1] - 1)).isEqualTo(1);
    }

    @Test
    void vanishing_cluster_hasNoPointsAfterwards() {
        Scenario scenario = Scenario.vanishing();
        Truth truth = scenario.truths(1).get(0);
        PointStream stream = scenario.stream(1);
        int gone = stream.from(scenario.changes()[0]);
        int[] nearest = new Clustering(stream.points(), truth.means(), D).labels();

        assertThat(Arrays.stream(nearest, 0, gone).filter(c -> c == 3).count() / (double) gone)
                .isCloseTo(0.2, within(0.02));
        assertThat(Arrays.stream(nearest, gone, nearest.length)).doesNotContain(3);
    }

    @Test
    void without_aClass_keepsTheOthersPoints() {
        Truth truth = new Truth(new double[] {1, 2, 9, 4}, new int[] {0, 0, 1, 0}, 1);

        Truth rest = truth.without(1);

        assertThat(rest.points()).containsExactly(1, 2, 4);
        assertThat(rest.classes()).containsExactly(0, 0, 0);
        assertThat(new Truth(new double[] {1, 3, 9, 9}, new int[] {0, 0, 1, 1}, 1).sse())
                .isEqualTo(2);
    }

    @Test
    void clusters_ofAStream_areThoseOfItsTruth() {
        Scenario scenario = Scenario.sudden();
        Truth start = scenario.truths(4).get(0);
        double[] points = scenario.stream(4).reservoir();

        double[] rows = BatchTrace.of(points, D, scenario.k(), 1).last().centroids();
        int[] found = new Clustering(points, rows, D).labels();
        int[] expected = new Clustering(points, start.means(), D).labels();

        assertThat(AdjustedRandIndex.of(found, expected)).isEqualTo(1);
    }
}
