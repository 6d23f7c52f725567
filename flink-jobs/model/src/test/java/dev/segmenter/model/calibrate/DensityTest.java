// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.spanning.KruskalMinimumSpanningTree;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;

/** Density clustering, and the walk behind its plot. */
class DensityTest {
    private static final int NEIGHBOURS = 5;

    @Test
    void clusters_twoRings_areFoundWhereMeansCannot() {
        Points rings = Clouds.rings(400, 3);

        DensityClusters found = DensityClusters.of(rings, 30, NEIGHBOURS);

        assertThat(found.sizes()).hasSize(2);
        int[] members =
                IntStream.range(0, 400)
                        .filter(i -> found.labels()[i] != DensityClusters.NOISE)
                        .toArray();
        assertThat(members.length).isEqualTo(400 - found.noise()).isGreaterThan(380);
        assertThat(
                        AdjustedRandIndex.of(
                                Arrays.stream(members).map(i -> found.labels()[i]).toArray(),
                                Arrays.stream(members).map(i -> i % 2).toArray()))
                .isEqualTo(1);
    }

    @Test
    void clusters_blobAndFarOutliers_leavesTheOutliersOut() {
        Points blobs = Clouds.blobs(2, 200, 2, 20, 5);
        double[] rows = Arrays.copyOf(blobs.rows(), 2 * 203);
        double[] outliers = {100, 0, -100, 50, 0, 200};
        System.arraycopy(outliers, 0, rows, 400, 6);

        DensityClusters found = DensityClusters.of(new Points(rows, 2), 20, NEIGHBOURS);

        assertThat(found.sizes()).hasSize(2);
        assertThat(Arrays.copyOfRange(found.labels(), 200, 203))
                .containsOnly(DensityClusters.NOISE);
    }

    @Test
    void sizes_ofClusters_fallAndAddUpWithTheNoise() {
        Points points = Clouds.blobs(3, 301, 2, 12, 8);

        DensityClusters found = DensityClusters.of(points, 20, NEIGHBOURS);

        assertThat(found.sizes()[0]).isGreaterThanOrEqualTo(found.sizes()[1]);
        for (int cluster = 0; cluster < found.sizes().length; cluster++) {
            int wanted = cluster;
            assertThat(Arrays.stream(found.labels()).filter(l -> l == wanted).count())
                    .isEqualTo(found.sizes()[cluster]);
        }
        assertThat(Arrays.stream(found.sizes()).sum() + found.noise()).isEqualTo(301);
    }

    @Test
    void reachability_ofTheWalk_addsUpToAMinimumSpanningTree() {
        Points points = Clouds.box(120, 3, 6);

        ReachabilityPlot plot = ReachabilityPlot.of(points, NEIGHBOURS);

        assertThat(Arrays.stream(plot.order()).sorted().toArray())
                .isEqualTo(IntStream.range(0, 120).toArray());
        assertThat(Arrays.stream(plot.reachability()).sum())
                .isCloseTo(kruskal(points), within(1e-9));
    }

    private static double kruskal(Points points) {
        double[] core = new double[points.size()];
        for (int i = 0; i < core.length; i++) {
            int from = i;
            core[i] =
                    IntStream.range(0, core.length)
                            .filter(j -> j != from)
                            .mapToDouble(j -> points.distance(from, j))
                            .sorted()
                            .skip(NEIGHBOURS - 1)
                            .findFirst()
                            .orElseThrow();
        }
        Graph<Integer, DefaultWeightedEdge> graph =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        IntStream.range(0, core.length).forEach(graph::addVertex);
        for (int i = 0; i < core.length; i++) {
            for (int j = 0; j < i; j++) {
                double reach = Math.max(points.distance(i, j), Math.max(core[i], core[j]));
                graph.setEdgeWeight(graph.addEdge(i, j), reach);
            }
        }
        return new KruskalMinimumSpanningTree<>(graph).getSpanningTree().getWeight();
    }
}
