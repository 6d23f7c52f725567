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
}
