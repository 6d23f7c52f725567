// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.cluster.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hierarchical clustering by J. H. Ward's criterion ("Hierarchical grouping to optimize an objective
 * function", Journal of the American Statistical Association 58, 1963) over weighted centroids: the two
 * clusters whose union adds least to the inertia are merged, again and again. Found by chains of nearest
 * neighbours (F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The Computer
 * Journal 26, 1983) in O(m^2), which gives the same tree as the greedy search, since Ward's criterion is
 * reducible.
 */
public final class WardTree {

    /**
     * Two clusters become one. Leaves are 0 to m - 1, merge i makes cluster m + i.
     *
     * @param height by which the inertia grows, sigmas squared times points
     * @param weight points in the union
     */
    public record Merge(int left, int right, double height, double weight) {}

    private final int leaves;
    private final List<Merge> merges;

    private WardTree(int leaves, List<Merge> merges) {
        this.leaves = leaves;
        this.merges = merges;
    }

    /** Of m centroids (m x d) with their weights. */
    static WardTree of(double[] centroids, double[] weights, int d) {
        int m = weights.length;
        List<Merge> found = new ArrayList<>();
        double[] centres = centroids.clone();
        double[] mass = weights.clone();
        boolean[] alive = new boolean[m];
        Arrays.fill(alive, true);
        int[] chain = new int[m];
        int length = 0;
        while (found.size() < m - 1) {
            if (length == 0) {
                chain[length++] = firstOf(alive);
            }
            int top = chain[length - 1];
            int nearest =
                    nearest(top, length > 1 ? chain[length - 2] : -1, centres, mass, alive, d);
            if (length > 1 && nearest == chain[length - 2]) {
                length -= 2;
                found.add(merge(nearest, top, centres, mass, alive, d));
            } else {
                chain[length++] = nearest;
            }
        }
        return new WardTree(m, inOrder(found, m));
    }

    private static int firstOf(boolean[] alive) {
        int first = 0;
        while (!alive[first]) {
            first++;
        }
        return first;
    }

    /** Of equally near ones the one before in the chain, else the lowest: chains end. */
    private static int nearest(
            int of, int before, double[] centres, double[] mass, boolean[] alive, int d) {
        int nearest = before;
        double least = before < 0 ? Double.POSITIVE_INFINITY : growth(of, before, centres, mass, d);
        for (int j = 0; j < alive.length; j++) {
            if (alive[j] && j != of) {
                double growth = growth(of, j, centres, mass, d);
                if (growth < least) {
                    least = growth;
                    nearest = j;
                }
            }
        }
        return nearest;
    }

    /** By how much the inertia grows if two clusters become one. */
    private static double growth(int a, int b, double[] centres, double[] mass, int d) {
        return mass[a]
                * mass[b]
                / (mass[a] + mass[b])
                * Distances.squared(centres, a * d, centres, b * d, d);
    }

    /** The union lives on in the lower slot; the merge names slots, which {@link #inOrder} resolves. */
    private static Merge merge(
            int a, int b, double[] centres, double[] mass, boolean[] alive, int d) {
        int kept = Math.min(a, b);
        int gone = Math.max(a, b);
        double height = growth(a, b, centres, mass, d);
        double weight = mass[a] + mass[b];
        for (int f = 0; f < d; f++) {
            centres[kept * d + f] =
                    (mass[kept] * centres[kept * d + f] + mass[gone] * centres[gone * d + f])
                            / weight;
        }
        mass[kept] = weight;
        alive[gone] = false;
        return new Merge(kept, gone, height, weight);
    }

    /** Merges by height, naming clusters; a chain finds them in another order. */
    private static List<Merge> inOrder(List<Merge> found, int m) {
        List<Merge> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Merge::height));
        int[] cluster = new int[m];
        Arrays.setAll(cluster, i -> i);
        List<Merge> named = new ArrayList<>();
        for (Merge merge : sorted) {
            int a = cluster[merge.left()];
            int b = cluster[merge.right()];
            named.add(new Merge(Math.min(a, b), Math.max(a, b), merge.height(), merge.weight()));
            cluster[merge.left()] = m + named.size() - 1;
        }
        return named;
    }

    /** m. */
    public int leaves() {
        return leaves;
    }

    /** m - 1 merges, by height. */
    public List<Merge> merges() {
        return merges;
    }

    /** Cuts the tree into k clusters: the cluster, 0 to k - 1, of each leaf. */
    int[] cut(int k) {
        int[] parent = new int[leaves + merges.size()];
        Arrays.setAll(parent, i -> i);
        for (int i = 0; i < leaves - k; i++) {
            parent[merges.get(i).left()] = leaves + i;
            parent[merges.get(i).right()] = leaves + i;
        }
        int[] roots = new int[leaves];
        for (int i = 0; i < leaves; i++) {
            int root = i;
            while (parent[root] != root) {
                root = parent[root];
            }
            roots[i] = root;
        }
        int[] distinct = Arrays.stream(roots).distinct().sorted().toArray();
        return Arrays.stream(roots).map(root -> Arrays.binarySearch(distinct, root)).toArray();
    }

    /**
     * Where the tree is cut by its longest branch: the k within the range for which the next merge is the
     * greatest multiple of the one before.
     */
    int longestBranch(int minK, int maxK) {
        int best = minK;
        double most = 0;
        for (int k = minK; k <= Math.min(maxK, leaves - 1); k++) {
            double joined = Math.sqrt(merges.get(leaves - k).height());
            double before = Math.sqrt(merges.get(leaves - k - 1).height());
            double ratio = before > 0 ? joined / before : Double.POSITIVE_INFINITY;
            if (ratio > most) {
                most = ratio;
                best = k;
            }
        }
        return best;
    }
}
