// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Tells which centroid of a refit continues which old one: the assignment with the least sum of
 * distances (H. W. Kuhn, "The Hungarian method", 1955; JGraphT's Kuhn-Munkres), where a pair farther
 * apart than a limit counts as two strangers. Missing partners are padded at the price of the limit.
 */
final class CentroidMatching {
    private CentroidMatching() {}

    /** For each fresh row (of d numbers) the old row that it continues, or -1. */
    static int[] match(double[] old, double[] fresh, int d, double limit) {
        int olds = old.length / d;
        int freshes = fresh.length / d;
        int size = Math.max(olds, freshes);
        double[][] cost = new double[size][size];
        for (int f = 0; f < size; f++) {
            for (int o = 0; o < size; o++) {
                cost[f][o] =
                        f < freshes && o < olds
                                ? Math.min(limit, distance(fresh, f, old, o, d))
                                : limit;
            }
        }
        int[] partner = assign(cost);
        int[] matches = new int[freshes];
        for (int f = 0; f < freshes; f++) {
            int o = partner[f];
            matches[f] = o < olds && distance(fresh, f, old, o, d) <= limit ? o : -1;
        }
        return matches;
    }

    private static double distance(double[] a, int i, double[] b, int j, int d) {
        return Math.sqrt(Distances.squared(a, i * d, b, j * d, d));
    }

    private static int[] assign(double[][] cost) {
        int size = cost.length;
        Graph<Integer, DefaultWeightedEdge> graph =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        IntStream.range(0, 2 * size).forEach(graph::addVertex);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                graph.setEdgeWeight(graph.addEdge(row, size + column), cost[row][column]);
            }
        }
        int[] partner = new int[size];
        new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(
                        graph, vertices(0, size), vertices(size, 2 * size))
                .getMatching()
                .forEach(
                        edge ->
                                partner[graph.getEdgeSource(edge)] =
                                        graph.getEdgeTarget(edge) - size);
        return partner;
    }

    private static Set<Integer> vertices(int from, int to) {
        Set<Integer> vertices = new LinkedHashSet<>();
        IntStream.range(from, to).forEach(vertices::add);
        return vertices;
    }
}
