// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.junit.jupiter.api.Test;

/** Inertia, silhouette and Davies-Bouldin index beside their definitions, spelt out on commons-math's distance. */
class SeparationTest {
    private static final double EXACT = 1e-9;
    private static final EuclideanDistance DISTANCE = new EuclideanDistance();

    @Property(tries = 60)
    void figures_ofAnyClustering_areThoseOfTheDefinitions(
            @ForAll @IntRange(min = 4, max = 40) int n,
            @ForAll @IntRange(min = 2, max = 4) int k,
            @ForAll long seed) {
        Random random = new Random(seed);
        Points points = new Points(random.doubles(3L * n).toArray(), 3);
        int[] labels = IntStream.range(0, n).map(i -> i < k ? i : random.nextInt(k)).toArray();
        double[] means = means(points, labels, k);

        assertThat(points.sse(means, labels)).isCloseTo(sse(points, labels), within(EXACT));
        assertThat(Silhouette.of(points.rows(), labels, 3))
                .isCloseTo(silhouette(points, labels, k), within(EXACT));
        assertThat(DaviesBouldin.of(points, means, labels))
                .isCloseTo(daviesBouldin(points, labels, k), within(EXACT));
    }

    @Test
    void silhouettes_ofSeveralLabellings_areThoseOfEach() {
        Points points = Clouds.blobs(3, 60, 2, 4, 2);
        int[] three = Clouds.truth(3, 60);
        int[] two = Clouds.truth(2, 60);

        assertThat(Silhouette.of(points, List.of(three, two)))
                .containsExactly(
                        Silhouette.of(points.rows(), three, 2),
                        Silhouette.of(points.rows(), two, 2));
    }

    @Test
    void daviesBouldin_twoPairsOnALine_hasTheValueByHand() {
        Points points = new Points(new double[] {0, 2, 10, 14}, 1);

        double found = DaviesBouldin.of(points, new double[] {1, 12}, new int[] {0, 0, 1, 1});

        assertThat(found).isEqualTo((1.0 + 2.0) / 11);
    }

    private static double[] row(Points points, int i) {
        return IntStream.range(0, points.d())
                .mapToDouble(f -> points.rows()[i * points.d() + f])
                .toArray();
    }

    private static int[] members(int[] labels, int cluster) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == cluster).toArray();
    }

    private static double[] mean(Points points, int[] members) {
        return IntStream.range(0, points.d())
                .mapToDouble(
                        f ->
                                IntStream.of(members)
                                        .mapToDouble(i -> row(points, i)[f])
                                        .average()
                                        .orElseThrow())
                .toArray();
    }

    private static double[] means(Points points, int[] labels, int k) {
        return IntStream.range(0, k)
                .boxed()
                .flatMapToDouble(
                        j ->
                                IntStream.range(0, points.d())
                                        .mapToDouble(f -> mean(points, members(labels, j))[f]))
                .toArray();
    }

    private static double sse(Points points, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(
                        i ->
                                Math.pow(
                                        DISTANCE.compute(
                                                row(points, i),
                                                mean(points, members(labels, labels[i]))),
                                        2))
                .sum();
    }

    private static double silhouette(Points points, int[] labels, int k) {
        return IntStream.range(0, labels.length)
                .mapToDouble(
                        i -> {
                            int[] own = members(labels, labels[i]);
                            if (own.length == 1) {
                                return 0;
                            }
                            double a = meanDistance(points, i, own) * own.length / (own.length - 1);
                            double b =
                                    IntStream.range(0, k)
                                            .filter(j -> j != labels[i])
                                            .mapToDouble(
                                                    j ->
                                                            meanDistance(
                                                                    points, i, members(labels, j)))
                                            .min()
                                            .orElseThrow();
                            return (b - a) / Math.max(a, b);
                        })
                .average()
                .orElseThrow();
    }

    private static double meanDistance(Points points, int i, int[] others) {
        return IntStream.of(others)
                .mapToDouble(j -> DISTANCE.compute(row(points, i), row(points, j)))
                .average()
                .orElseThrow();
    }

    private static double daviesBouldin(Points points, int[] labels, int k) {
        return IntStream.range(0, k)
                .mapToDouble(
                        i ->
                                IntStream.range(0, k)
                                        .filter(j -> j != i)
                                        .mapToDouble(
                                                j ->
                                                        (scatter(points, labels, i)
                                                                        + scatter(
                                                                                points, labels, j))
                                                                / DISTANCE.compute(
                                                                        mean(
                                                                                points,
                                                                                members(labels, i)),
                                                                        mean(
                                                                                points,
                                                                                members(
                                                                                        labels,
                                                                                        j))))
                                        .max()
                                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    private static double scatter(Points points, int[] labels, int cluster) {
        double[] mean = mean(points, members(labels, cluster));
        return IntStream.of(members(labels, cluster))
                .mapToDouble(i -> DISTANCE.compute(row(points, i), mean))
                .average()
                .orElseThrow();
    }
}
