// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Batch k-means on points of a frame: greedy k-means++ (D. Arthur, S. Vassilvitskii, "k-means++: the
 * advantages of careful seeding", SODA 2007, with 2 + ln k candidates a step), then S. P. Lloyd's
 * iteration to convergence; of several starts the one with the least inertia. A cluster that loses
 * all its points moves to the point farthest from its centroid. On unit vectors with {@code spherical}
 * the means are brought back to length 1. Fewer than k distinct points give fewer centroids.
 */
public final class KMeans {
    static final int MAX_ITERATIONS = 100;

    private static final double SHY_OF_A_QUARTER = 0.25 * (1 - Distances.ROUNDING);

    private final double[] points;
    private final int n;
    private final int d;
    private final boolean spherical;
    private final NearestRows nearest;
    private final int[] assignment;
    private final double[] distance;

    /** Points are n x d, row by row. */
    public KMeans(double[] points, int d, boolean spherical) {
        this.points = points;
        this.n = points.length / d;
        this.d = d;
        this.spherical = spherical;
        this.nearest = new NearestRows(points, d);
        this.assignment = nearest.rows();
        this.distance = nearest.squares();
    }

    /** n. */
    int size() {
        return n;
    }

    /** Centroids (at most k x d, row by row), all different and each the nearest of some point. */
    public double[] fit(int k, int restarts, Random random) {
        Start best = Start.NONE;
        for (int start = 0; start < restarts; start++) {
            best = best.orBetter(start(k, random));
        }
        return withPoints(best.centroids());
    }

    /** What one start came to. */
    record Start(double[] centroids, double inertia) {
        static final Start NONE = new Start(new double[0], Double.POSITIVE_INFINITY);

        /** Of two that are as good, this one. */
        Start orBetter(Start other) {
            return other.inertia < inertia ? other : this;
        }
    }

    /** One start of a fit. */
    Start start(int k, Random random) {
        double[] centroids = seed(k, random);
        return new Start(centroids, iterate(centroids));
    }

    /** Seeds: the first uniformly, each next one the best of some drawn by their squared distance. */
    double[] seed(int k, Random random) {
        double[] seeds = new double[k * d];
        double[] nearest = new double[n];
        int[] seedOf = new int[n];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int candidates = 2 + (int) StrictMath.log(k);
        int chosen = random.nextInt(n);
        for (int size = 0; size < k; size++) {
            double potential = approach(nearest, seedOf, reaches(seeds, size, chosen), chosen);
            System.arraycopy(points, chosen * d, seeds, size * d, d);
            if (potential == 0) {
                return Arrays.copyOf(seeds, (size + 1) * d);
            }
            if (size + 1 < k) {
                chosen =
                        bestCandidate(
                                nearest, seedOf, seeds, size + 1, potential, candidates, random);
            }
        }
        return seeds;
    }

    /**
     * By seed: points that are no farther from it have nothing to gain from a candidate, as they are at most half
     * as far from their seed as the candidate is; squared, and a little less, so that rounding cannot matter.
     */
    private double[] reaches(double[] seeds, int size, int candidate) {
        double[] reaches = new double[size];
        for (int s = 0; s < size; s++) {
            reaches[s] =
                    SHY_OF_A_QUARTER * Distances.squared(points, candidate * d, seeds, s * d, d);
        }
        return reaches;
    }

    private int bestCandidate(
            double[] nearest,
            int[] seedOf,
            double[] seeds,
            int size,
            double potential,
            int candidates,
            Random random) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < candidates; c++) {
            int candidate = draw(nearest, random.nextDouble() * potential);
            double[] reaches = reaches(seeds, size, candidate);
            double remaining = 0;
            for (int i = 0; i < n; i++) {
                remaining +=
                        nearest[i] <= reaches[seedOf[i]]
                                ? nearest[i]
                                : Math.min(nearest[i], between(i, candidate));
            }
            if (remaining < least) {
                least = remaining;
                best = candidate;
            }
        }
        return best;
    }

    /** The point at which the running sum of squared distances passes the target. */
    private int draw(double[] nearest, double target) {
        int last = 0;
        double rest = target;
        for (int i = 0; i < n; i++) {
            if (nearest[i] > 0) {
                last = i;
                rest -= nearest[i];
                if (rest < 0) {
                    break;
                }
            }
        }
        return last;
    }

    /** Brings a point in as the next seed; returns the sum of squared distances to the nearest one. */
    private double approach(double[] nearest, int[] seedOf, double[] reaches, int seed) {
        double potential = 0;
        for (int i = 0; i < n; i++) {
            if (reaches.length == 0 || nearest[i] > reaches[seedOf[i]]) {
                double distance = between(i, seed);
                if (distance < nearest[i]) {
                    nearest[i] = distance;
                    seedOf[i] = reaches.length;
                }
            }
            potential += nearest[i];
        }
        return potential;
    }

    private double between(int a, int b) {
        return Distances.squared(points, a * d, points, b * d, d);
    }

    /** Lloyd's iteration in place; returns the inertia of the last assignment. */
    double iterate(double[] centroids) {
        nearest.forget();
        double inertia = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            boolean moved = assign(centroids);
            inertia = inertia();
            if (!moved) {
                break;
            }
            update(centroids);
        }
        return inertia;
    }

    /** At most some steps of Lloyd's iteration in place, and a last assignment; a row without points stays. */
    void refine(double[] centroids, int steps) {
        nearest.forget();
        assign(centroids);
        refineFurther(centroids, steps);
    }

    /**
     * Assigns each point to its nearest centroid, at less cost: beginning with an assignment to other rows, each of
     * which is now the one named, or -1 if it is gone.
     */
    void assignFrom(NearestRows.Base base, int[] rowNow, double[] centroids) {
        nearest.resume(base, rowNow, centroids.length / d);
        nearest.assign(centroids);
    }

    /** The same as {@link #refine}, beginning with the last assignment, which was to these rows. */
    void refineFurther(double[] centroids, int steps) {
        boolean moved = true;
        for (int step = 0; step < steps && moved; step++) {
            double[] former = centroids.clone();
            update(centroids);
            int[] sizes = sizes(centroids.length / d);
            for (int j = 0; j < sizes.length; j++) {
                if (sizes[j] == 0) {
                    System.arraycopy(former, j * d, centroids, j * d, d);
                }
            }
            moved = assign(centroids);
        }
    }

    /** The last assignment, to refine others from. */
    NearestRows.Base assigned() {
        return nearest.base();
    }

    /** By point: its row in the last assignment; not a copy. */
    int[] assignment() {
        return assignment;
    }

    /** Points of each of k rows in the last assignment. */
    int[] sizes(int k) {
        int[] sizes = new int[k];
        for (int nearest : assignment) {
            sizes[nearest]++;
        }
        return sizes;
    }

    /** Mean squared distance of each of k rows' points in the last assignment, 0 without any. */
    double[] meanSquares(int k) {
        int[] sizes = sizes(k);
        double[] means = new double[k];
        for (int i = 0; i < n; i++) {
            means[assignment[i]] += distance[i] / sizes[assignment[i]];
        }
        return means;
    }

    /** The points of those rows (of k) that have at least some. */
    double[] pointsOfRowsWith(double least, int k) {
        int[] sizes = sizes(k);
        return pointsWhere(i -> sizes[assignment[i]] >= least);
    }

    /** The points of a row within a squared distance. */
    double[] pointsWithin(int row, double limit) {
        return pointsWhere(i -> assignment[i] == row && distance[i] <= limit);
    }

    /** The points whose squared distance to their row is more than a number of times the row's own figure. */
    double[] pointsBeyond(double[] squares, double times) {
        return pointsWhere(i -> distance[i] > times * squares[assignment[i]]);
    }

    private double[] pointsWhere(IntPredicate chosen) {
        int[] indices = IntStream.range(0, n).filter(chosen).toArray();
        double[] picked = new double[indices.length * d];
        for (int p = 0; p < indices.length; p++) {
            System.arraycopy(points, indices[p] * d, picked, p * d, d);
        }
        return picked;
    }

    /** Squared distance of a point to its row in the last assignment. */
    double squaredDistance(int i) {
        return distance[i];
    }

    /** Sum of the squared distances of the last assignment. */
    double inertia() {
        double sum = 0;
        for (double squared : distance) {
            sum += squared;
        }
        return sum;
    }

    /** Assigns each point to its nearest centroid; returns true if any changed. */
    boolean assign(double[] centroids) {
        return nearest.assign(centroids);
    }

    /** Moves each centroid to the mean of its points. */
    void update(double[] centroids) {
        int k = centroids.length / d;
        double[] sums = new double[k * d];
        int[] sizes = new int[k];
        for (int i = 0; i < n; i++) {
            sizes[assignment[i]]++;
            for (int f = 0; f < d; f++) {
                sums[assignment[i] * d + f] += points[i * d + f];
            }
        }
        for (int j = 0; j < k; j++) {
            if (sizes[j] == 0) {
                moveToFarthest(centroids, j);
            } else {
                moveToMean(centroids, j, sums, sizes[j]);
            }
        }
    }

    private void moveToMean(double[] centroids, int j, double[] sums, int size) {
        double squares = 0;
        for (int f = j * d; f < (j + 1) * d; f++) {
            squares += sums[f] * sums[f];
        }
        double divisor = spherical ? Math.sqrt(squares) : size;
        if (divisor > 0) {
            for (int f = j * d; f < (j + 1) * d; f++) {
                centroids[f] = sums[f] / divisor;
            }
        }
    }

    private void moveToFarthest(double[] centroids, int j) {
        int farthest = 0;
        for (int i = 1; i < n; i++) {
            if (distance[i] > distance[farthest]) {
                farthest = i;
            }
        }
        System.arraycopy(points, farthest * d, centroids, j * d, d);
        distance[farthest] = 0;
    }

    /** The centroids that are the nearest of some point: of equal ones the first alone. */
    double[] withPoints(double[] centroids) {
        assign(centroids);
        boolean[] used = new boolean[centroids.length / d];
        for (int nearest : assignment) {
            used[nearest] = true;
        }
        double[] kept = new double[centroids.length];
        int size = 0;
        for (int j = 0; j < used.length; j++) {
            if (used[j]) {
                System.arraycopy(centroids, j * d, kept, size++ * d, d);
            }
        }
        return Arrays.copyOf(kept, size * d);
    }
}
