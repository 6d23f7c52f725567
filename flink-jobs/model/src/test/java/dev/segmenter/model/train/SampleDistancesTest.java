// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static dev.segmenter.model.train.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleDistancesTest {
    private static final double[] ZERO = {0, 0};
    private static final double[] ONE = {1, 1};

    private final VoteSample sample = new VoteSample(1000);

    private void add(double... values) {
        sample.add(vote(TWO, sample.size() + 1, START, values));
    }

    /** Centroids that are the means of the votes nearest to the given rows, in a frame of mean 0 and sigma 1. */
    private SampleDistances around(boolean cosine, double... rows) {
        Frame frame = new Frame(ZERO, ONE, cosine);
        return SampleDistances.of(
                sample, TWO, OnlineKMeans.around(rows, TWO, frame, sample.votes()));
    }

    @Test
    void silhouette_knownDistances_isTheirMeanMargin() {
        add(-1, 0);
        add(1, 0);
        add(4, 0);
        add(0, 7);

        // (4 - 1 - 1) / (4 + 1), (3 - 1) / 3, and 1 for the two that are their centroids.
        assertThat(around(false, 0, 0, 4, 0, 0, 7).silhouette().orElseThrow())
                .isCloseTo(((5 - 1) / 5.0 + (3 - 1) / 3.0 + 2) / 4, within(1e-15));
    }

    @Test
    void figures_oneSegmentOrNoVotes_areEmpty() {
        SampleDistances none = around(false, 0, 0, 1, 1);
        assertThat(none.silhouette()).isEmpty();
        assertThat(none.daviesBouldin()).isEmpty();
        assertThat(none.outlierShare()).isEmpty();
        assertThat(none.mixDistance(new double[] {1, 1})).isEmpty();

        add(1, 0);
        add(2, 0);
        assertThat(around(false, 0, 0).silhouette()).isEmpty();
        assertThat(around(false, 0, 0).daviesBouldin()).isEmpty();
        assertThat(around(false, 0, 0).outlierShare()).hasValue(0);
    }

    /** Labels given, means and distances computed from them, as sklearn.metrics.davies_bouldin_score does. */
    @Test
    void daviesBouldin_gaussianClusters_isThatOfTheLabelsByBruteForce() {
        double[][] centres = {{0, 0}, {6, 1}, {-2, 5}, {3, -6}};
        Random random = new Random(3);
        List<List<double[]>> clusters = new ArrayList<>();
        for (double[] centre : centres) {
            List<double[]> cluster = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                double[] point = {
                    centre[0] + 0.6 * random.nextGaussian(), centre[1] + 0.6 * random.nextGaussian()
                };
                cluster.add(point);
                add(point);
            }
            clusters.add(cluster);
        }
        double[] rows = Arrays.stream(centres).flatMapToDouble(Arrays::stream).toArray();

        assertThat(around(false, rows).daviesBouldin().orElseThrow())
                .isCloseTo(bruteForce(clusters), within(1e-12));
    }

    private static double bruteForce(List<List<double[]>> clusters) {
        double sum = 0;
        for (List<double[]> one : clusters) {
            double worst = 0;
            for (List<double[]> other : clusters) {
                if (one != other) {
                    double between = distance(mean(one), mean(other));
                    worst = Math.max(worst, (scatter(one) + scatter(other)) / between);
                }
            }
            sum += worst;
        }
        return sum / clusters.size();
    }

    private static double[] mean(List<double[]> points) {
        return new double[] {
            points.stream().mapToDouble(p -> p[0]).average().orElseThrow(),
            points.stream().mapToDouble(p -> p[1]).average().orElseThrow()
        };
    }

    private static double scatter(List<double[]> points) {
        double[] mean = mean(points);
        return points.stream().mapToDouble(p -> distance(p, mean)).average().orElseThrow();
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    @Test
    void outlierShare_votesBeyondThreeSpreads_areThoseCounted() {
        for (int i = 0; i < 96; i++) {
            add(i % 2 == 0 ? 1 : -1, 0);
        }
        for (int i = 0; i < 4; i++) {
            add(0, i % 2 == 0 ? 7 : -7);
        }

        // The mean is the origin, the spread sqrt((96 * 1 + 4 * 49) / 100) = 1.71: 7 is beyond
        // 5.13.
        assertThat(around(false, 0, 0).outlierShare()).hasValue(0.04);
    }

    @Test
    void outlierShare_normalVotes_isThatOfTheChiSquareDistribution() {
        Random random = new Random(2);
        VoteSample large = new VoteSample(40_000);
        for (int i = 0; i < 40_000; i++) {
            large.add(vote(TWO, i, START, random.nextGaussian(), 0));
        }
        OnlineKMeans model =
                OnlineKMeans.around(ZERO, TWO, new Frame(ZERO, ONE, false), large.votes());

        assertThat(SampleDistances.of(large, TWO, model).outlierShare().orElseThrow())
                .isCloseTo(0.0027, within(0.001));
    }

    @Test
    void mixDistance_shares_isHalfTheSumOfTheirDifferences() {
        add(0, 0);
        add(0, 0.1);
        add(0, -0.1);
        add(5, 0);

        // Shares 3/4 and 1/4 against 1/2 and 1/2.
        assertThat(around(false, 0, 0, 5, 0).mixDistance(new double[] {10, 10}).orElseThrow())
                .isCloseTo(0.25, within(1e-15));
        assertThat(around(false, 0, 0, 5, 0).mixDistance(new double[] {3, 1}).orElseThrow())
                .isZero();
    }

    @Test
    void cosine_votesWithoutDirection_takeNoPart() {
        add(0, 0);
        add(1, 0);
        add(0, 2);

        SampleDistances distances = around(true, 1, 0, 0, 1);

        assertThat(distances.mixDistance(new double[] {1, 1}).orElseThrow()).isZero();
        assertThat(distances.silhouette()).hasValue(1);
    }
}
