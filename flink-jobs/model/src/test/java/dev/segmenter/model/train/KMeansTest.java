// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.cluster.Distances;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static double inertia(double[] points, double[] centroids, int d) {
        double sum = 0;
        for (int i = 0; i < points.length; i += d) {
            int nearest = Distances.nearest(points, i, centroids, centroids.length / d, d);
            sum += Distances.squared(points, i, centroids, nearest * d, d);
        }
        return sum;
    }

    /** Least inertia over all ways to give n points to k groups. */
    private static double leastInertia(double[] points, int d, int k) {
        int n = points.length / d;
        double least = Double.POSITIVE_INFINITY;
        for (int code = 0; code < (int) Math.pow(k, n); code++) {
            int[] group = new int[n];
            for (int i = 0, rest = code; i < n; i++, rest /= k) {
                group[i] = rest % k;
            }
            least = Math.min(least, inertiaOf(points, d, k, group));
        }
        return least;
    }

    private static double inertiaOf(double[] points, int d, int k, int[] group) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            for (int f = 0; f < d; f++) {
                int cluster = j;
                int feature = f;
                double[] values =
                        IntStream.range(0, group.length)
                                .filter(i -> group[i] == cluster)
                                .mapToDouble(i -> points[i * d + feature])
                                .toArray();
                double mean = Arrays.stream(values).average().orElse(0);
                sum += Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            }
        }
        return sum;
    }

    /** The greedy seeding of the paper, every distance worked out: the same seeds to the bit. */
    @Test
    void seed_anyPoints_sameAsWithoutShortcuts() {
        Random random = new Random(5);
        for (int trial = 0; trial < 60; trial++) {
            int d = 1 + random.nextInt(18);
            int n = 1 + random.nextInt(400);
            int groups = 1 + random.nextInt(12);
            double[] points = new double[n * d];
            for (int i = 0; i < n; i++) {
                int group = random.nextInt(groups);
                for (int f = 0; f < d; f++) {
                    double noise = trial % 3 == 0 ? 0 : random.nextGaussian();
                    points[i * d + f] = 5 * ((group * 31 + f * 17) % 7) + noise;
                }
            }
            int k = 1 + random.nextInt(64);
            assertThat(new KMeans(points, d, false).seed(k, new Random(trial)))
                    .containsExactly(plainSeeds(points, d, k, new Random(trial)));
        }
    }

    private static double[] plainSeeds(double[] points, int d, int k, Random random) {
        int n = points.length / d;
        double[] seeds = new double[0];
        int chosen = random.nextInt(n);
        while (true) {
            seeds = Arrays.copyOf(seeds, seeds.length + d);
            System.arraycopy(points, chosen * d, seeds, seeds.length - d, d);
            double[] nearest = new double[n];
            for (int i = 0; i < n; i++) {
                nearest[i] = toNearest(points, i, seeds, d);
            }
            double potential = sum(nearest);
            if (potential == 0 || seeds.length == k * d) {
                return seeds;
            }
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < 2 + (int) StrictMath.log(k); c++) {
                int candidate = draw(nearest, random.nextDouble() * potential);
                double[] remaining = new double[n];
                for (int i = 0; i < n; i++) {
                    double between = Distances.squared(points, i * d, points, candidate * d, d);
                    remaining[i] = Math.min(nearest[i], between);
                }
                if (sum(remaining) < least) {
                    least = sum(remaining);
                    chosen = candidate;
                }
            }
        }
    }

    private static double toNearest(double[] points, int i, double[] seeds, int d) {
        int nearest = Distances.nearest(points, i * d, seeds, seeds.length / d, d);
        return Distances.squared(points, i * d, seeds, nearest * d, d);
    }

    private static int draw(double[] weights, double target) {
        double rest = target;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                rest -= weights[i];
                if (rest < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** In order, as floating-point sums depend on it. */
    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    @Test
    void fit_smallSets_reachesTheOptimumFoundByBruteForce() {
        Random random = new Random(11);
        for (int trial = 0; trial < 20; trial++) {
            double[] points = random.doubles(9 * 2).toArray();

            double[] centroids = new KMeans(points, 2, false).fit(3, 20, new Random(trial));

            assertThat(inertia(points, centroids, 2))
                    .isCloseTo(leastInertia(points, 2, 3), within(1e-12));
        }
    }

    @Test
    void iterate_eachStep_neverRaisesTheInertia() {
        double[] points = new Random(4).doubles(500 * 3).toArray();
        KMeans kMeans = new KMeans(points, 3, false);
        double[] centroids = Arrays.copyOf(points, 8 * 3);
        kMeans.assign(centroids);
        double before = kMeans.inertia();
        for (int step = 0; step < 30; step++) {
            kMeans.update(centroids);
            kMeans.assign(centroids);
            assertThat(kMeans.inertia()).isLessThanOrEqualTo(before);
            before = kMeans.inertia();
        }
        assertThat(kMeans.iterate(centroids))
                .isCloseTo(inertia(points, centroids, 3), within(1e-9));
    }

    @Test
    void iterate_centroidWithoutPoints_movesToTheFarthestPoint() {
        double[] points = {0, 1, 2, 100};
        double[] centroids = {1, 1000};
        KMeans kMeans = new KMeans(points, 1, false);

        assertThat(kMeans.iterate(centroids)).isEqualTo(2);
        assertThat(centroids).containsExactlyInAnyOrder(1, 100);
    }

    @Test
    void seed_kSeeds_areDifferentPoints() {
        double[] points = {0, 0, 0, 0, 0, 0, 0, 0, 7, 9};

        double[] seeds = new KMeans(points, 1, false).seed(3, new Random(1));

        assertThat(seeds).containsExactlyInAnyOrder(0, 7, 9);
    }

    @Test
    void fit_moreCentroidsThanDistinctPoints_givesEachPointOnce() {
        double[] points = {1, 1, 2, 2, 1, 1, 2, 2};

        double[] centroids = new KMeans(points, 2, false).fit(5, 20, new Random(1));

        assertThat(centroids).hasSize(4).containsExactlyInAnyOrder(1, 1, 2, 2);
    }

    @Test
    void fit_separatedGroups_recoversTheirMeans() {
        Random random = new Random(2);
        double[] points = new double[4000];
        double[] sums = new double[4];
        for (int i = 0; i < points.length; i++) {
            points[i] = 100 * (i % 4) + random.nextGaussian();
            sums[i % 4] += points[i];
        }

        double[] centroids = new KMeans(points, 1, false).fit(4, 1, new Random(3));

        Arrays.sort(centroids);
        for (int j = 0; j < 4; j++) {
            assertThat(centroids[j]).isCloseTo(sums[j] / 1000, within(1e-9));
        }
    }

    @Test
    void fit_spherical_givesUnitDirections() {
        Random random = new Random(2);
        double[] points = new double[600];
        for (int i = 0; i < 300; i++) {
            double angle = (i % 3) * 2 * Math.PI / 3 + 0.1 * random.nextGaussian();
            points[2 * i] = StrictMath.cos(angle);
            points[2 * i + 1] = StrictMath.sin(angle);
        }

        double[] centroids = new KMeans(points, 2, true).fit(3, 5, new Random(3));

        double[] angles = new double[3];
        for (int j = 0; j < 3; j++) {
            assertThat(Math.hypot(centroids[2 * j], centroids[2 * j + 1]))
                    .isCloseTo(1, within(1e-12));
            angles[j] = StrictMath.atan2(centroids[2 * j + 1], centroids[2 * j]);
        }
        Arrays.sort(angles);
        assertThat(angles[0]).isCloseTo(-2 * Math.PI / 3, within(0.05));
        assertThat(angles[1]).isCloseTo(0, within(0.05));
        assertThat(angles[2]).isCloseTo(2 * Math.PI / 3, within(0.05));
    }

    /** Rows that move a little, jump, come and go, and points that are as near to one as to another. */
    @Test
    void assign_rowsThatMove_isThatOfTryingEachRow() {
        Random random = new Random(23);
        int d = 3;
        int n = 500;
        double[] points = new double[n * d];
        Arrays.setAll(points, i -> random.nextInt(9) / 2.0);
        for (int k : new int[] {1, 2, 5, 16, 40}) {
            KMeans kMeans = new KMeans(points, d, false);
            double[] rows = new double[k * d];
            Arrays.setAll(rows, i -> random.nextInt(9) / 2.0);
            for (int step = 0; step < 60; step++) {
                kMeans.assign(rows);
                int[] sizes = new int[rows.length / d];
                for (int i = 0; i < n; i++) {
                    int nearest = Distances.nearest(points, i * d, rows, rows.length / d, d);
                    sizes[nearest]++;
                    assertThat(kMeans.squaredDistance(i))
                            .isEqualTo(Distances.squared(points, i * d, rows, nearest * d, d));
                }
                assertThat(kMeans.sizes(rows.length / d)).isEqualTo(sizes);
                rows = moved(rows, k, d, step, random);
            }
        }
    }

    /** Rows that stay, move, go and come, in another order of slots than before. */
    @Test
    void refineFrom_anotherAssignment_isRefine() {
        Random random = new Random(29);
        int d = 3;
        double[] points = new double[400 * d];
        Arrays.setAll(points, i -> random.nextInt(40) / 8.0);
        for (int trial = 0; trial < 200; trial++) {
            int k = 2 + random.nextInt(30);
            double[] former = randomRows(k, d, random);
            KMeans resumed = new KMeans(points, d, false);
            resumed.refine(former, random.nextInt(12));
            NearestRows.Base base = resumed.assigned();
            resumed.assign(randomRows(3, d, random));
            int[] rowNow = new int[k];
            double[] rows = new double[(k + 1) * d];
            int size = 0;
            for (int j = 0; j < k; j++) {
                rowNow[j] = random.nextInt(k) < 2 ? NearestRows.NONE : size;
                if (rowNow[j] != NearestRows.NONE) {
                    double move = random.nextInt(k) < 2 ? random.nextDouble() : 0;
                    for (int i = 0; i < d; i++) {
                        rows[size * d + i] = former[j * d + i] + move;
                    }
                    size++;
                }
            }
            System.arraycopy(randomRows(1, d, random), 0, rows, size * d, d);
            rows = Arrays.copyOf(rows, (size + 1) * d);
            int steps = random.nextInt(5);
            double[] expected = rows.clone();
            KMeans fresh = new KMeans(points, d, false);
            fresh.refine(expected, steps);

            resumed.assignFrom(base, rowNow, rows);
            resumed.refineFurther(rows, steps);

            assertThat(rows).isEqualTo(expected);
            assertThat(resumed.inertia()).isEqualTo(fresh.inertia());
            assertThat(resumed.sizes(size + 1)).isEqualTo(fresh.sizes(size + 1));
        }
    }

    private static double[] randomRows(int k, int d, Random random) {
        double[] rows = new double[k * d];
        Arrays.setAll(rows, i -> random.nextInt(40) / 8.0);
        return rows;
    }

    private static double[] moved(double[] rows, int k, int d, int step, Random random) {
        if (step % 20 == 19) {
            double[] others = Arrays.copyOf(rows, (k + step / 20) * d);
            Arrays.fill(others, Math.min(rows.length, others.length), others.length, 1);
            return others;
        }
        double[] moved = rows.clone();
        double most = step % 7 == 6 ? 4 : 0.1;
        int from = random.nextInt(moved.length);
        int to = step % 3 == 0 ? moved.length : from + 1;
        for (int i = from; i < to; i++) {
            moved[i] += most * (random.nextDouble() - 0.5);
        }
        return moved;
    }
}
