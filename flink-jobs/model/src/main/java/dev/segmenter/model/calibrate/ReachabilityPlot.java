// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.Arrays;

/**
 * The order in which density-based clustering walks through points, always on to the one that is easiest to
 * reach: valleys are dense groups, peaks what lies between (M. Ankerst et al., "OPTICS: ordering points to
 * identify the clustering structure", SIGMOD 1999). Reachability is that of HDBSCAN: the greater of the
 * distance of two points and of how far each has to look for its k-th neighbour. That makes the steps a
 * minimum spanning tree, found by R. C. Prim's algorithm in O(n^2).
 *
 * @param order indices of the points as they are walked through
 * @param reachability of the point at the same place, sigmas; of the first, which is reached from nowhere, 0
 */
public record ReachabilityPlot(int[] order, double[] reachability) {

    /** With the k-th nearest neighbour, the point itself not counted. */
    static ReachabilityPlot of(Points points, int k) {
        int n = points.size();
        double[] core = coreDistances(points, k);
        double[] least = new double[n];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        boolean[] done = new boolean[n];
        int[] order = new int[n];
        double[] reachability = new double[n];
        int current = 0;
        for (int step = 0; step < n; step++) {
            order[step] = current;
            reachability[step] = step == 0 ? 0 : least[current];
            done[current] = true;
            int next = -1;
            for (int j = 0; j < n; j++) {
                if (!done[j]) {
                    double reach = Math.max(core[current], core[j]);
                    least[j] = Math.min(least[j], Math.max(reach, points.distance(current, j)));
                    next = next < 0 || least[j] < least[next] ? j : next;
                }
            }
            current = next;
        }
        return new ReachabilityPlot(order, reachability);
    }

    /** Distance of each point to its k-th nearest neighbour, the point itself not counted. */
    static double[] coreDistances(Points points, int k) {
        int n = points.size();
        double[] core = new double[n];
        double[] distances = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distances[j] = points.distance(i, j);
            }
            Arrays.sort(distances);
            core[i] = distances[Math.min(k, n - 1)];
        }
        return core;
    }
}
