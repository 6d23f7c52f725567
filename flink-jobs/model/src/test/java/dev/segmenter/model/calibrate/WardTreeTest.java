// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WardTreeTest {
    @Property(tries = 60)
    void of_anyWeightedPoints_mergesAsTheGreedySearchOverAllPairs(
            @ForAll @IntRange(min = 2, max = 24) int m,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] centroids = random.doubles((long) m * d).toArray();
        double[] weights = random.ints(m, 1, 50).asDoubleStream().toArray();

        WardTree tree = WardTree.of(centroids, weights, d);

        Greedy greedy = new Greedy(centroids, weights, d);
        for (int merge = 0; merge < m - 1; merge++) {
            assertThat(tree.merges().get(merge).height()).isCloseTo(greedy.merge(), within(1e-9));
            assertThat(AdjustedRandIndex.of(tree.cut(m - merge - 1), greedy.labels(m)))
                    .isEqualTo(1);
        }
    }

    @Test
    void heights_ofATree_addUpToTheInertiaAroundTheMean() {
        Points points = Clouds.blobs(3, 90, 2, 6, 4);
        double[] ones = new double[90];
        Arrays.fill(ones, 1);

        WardTree tree = WardTree.of(points.rows(), ones, 2);

        double[] mean = new double[2];
        for (int i = 0; i < points.rows().length; i++) {
            mean[i % 2] += points.rows()[i] / 90;
        }
        double heights = tree.merges().stream().mapToDouble(WardTree.Merge::height).sum();
        assertThat(heights).isCloseTo(points.sse(mean, new int[90]), within(1e-6));
        assertThat(tree.merges().get(88).weight()).isEqualTo(90);
    }

    @Test
    void cut_blobs_givesThem() {
        Points points = Clouds.blobs(4, 120, 2, 12, 9);
        double[] ones = new double[120];
        Arrays.fill(ones, 1);
        WardTree tree = WardTree.of(points.rows(), ones, 2);

        assertThat(tree.longestBranch(2, 10)).isEqualTo(4);
        assertThat(AdjustedRandIndex.of(tree.cut(4), Clouds.truth(4, 120))).isEqualTo(1);
        assertThat(Arrays.stream(tree.cut(120)).distinct()).hasSize(120);
        assertThat(tree.cut(1)).containsOnly(0);
    }

    /** Merges the pair that raises the sum of squares least, measured anew over all members: O(n^3) and more. */
    private static final class Greedy {
        private final double[] centroids;
        private final double[] weights;
        private final int d;
        private final List<List<Integer>> clusters = new ArrayList<>();

        Greedy(double[] centroids, double[] weights, int d) {
            this.centroids = centroids;
            this.weights = weights;
            this.d = d;
            for (int i = 0; i < weights.length; i++) {
                clusters.add(new ArrayList<>(List.of(i)));
            }
        }

        double merge() {
            int a = 0;
            int b = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = i + 1; j < clusters.size(); j++) {
                    List<Integer> union = new ArrayList<>(clusters.get(i));
                    union.addAll(clusters.get(j));
                    double growth =
                            squares(union) - squares(clusters.get(i)) - squares(clusters.get(j));
                    if (growth < least) {
                        least = growth;
                        a = i;
                        b = j;
                    }
                }
            }
            clusters.get(a).addAll(clusters.remove(b));
            return least;
        }

        private double squares(List<Integer> members) {
            double weight = members.stream().mapToDouble(i -> weights[i]).sum();
            double sum = 0;
            for (int f = 0; f < d; f++) {
                int feature = f;
                double mean =
                        members.stream()
                                        .mapToDouble(i -> weights[i] * centroids[i * d + feature])
                                        .sum()
                                / weight;
                sum +=
                        members.stream()
                                .mapToDouble(
                                        i ->
                                                weights[i]
                                                        * Math.pow(
                                                                centroids[i * d + feature] - mean,
                                                                2))
                                .sum();
            }
            return sum;
        }

        int[] labels(int m) {
            int[] labels = new int[m];
            for (int c = 0; c < clusters.size(); c++) {
                for (int i : clusters.get(c)) {
                    labels[i] = c;
                }
            }
            return labels;
        }
    }
}
