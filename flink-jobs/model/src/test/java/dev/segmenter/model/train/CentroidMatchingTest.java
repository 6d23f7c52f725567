// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentroidMatchingTest {
    private static final double LIMIT = 0.4;

    @Test
    void match_permuted_findsThePermutation() {
        double[] old = {0, 10, 20, 30};
        double[] fresh = {20.1, 0.1, 30.1, 9.9};

        assertThat(CentroidMatching.match(old, fresh, 1, 1)).containsExactly(2, 0, 3, 1);
    }

    @Test
    void match_beyondTheLimit_areStrangers() {
        assertThat(CentroidMatching.match(new double[] {0, 5}, new double[] {0, 9}, 1, 1))
                .containsExactly(0, -1);
    }

    @Test
    void match_moreFreshThanOld_leavesTheFarthestWithoutPartner() {
        assertThat(CentroidMatching.match(new double[] {0}, new double[] {2, 0.5, 3}, 1, 10))
                .containsExactly(-1, 0, -1);
        assertThat(CentroidMatching.match(new double[] {2, 0.5, 3}, new double[] {0}, 1, 10))
                .containsExactly(1);
    }

    @Test
    void match_randomRows_costsAsLittleAsTheBestOfAllAssignments() {
        Random random = new Random(5);
        for (int trial = 0; trial < 100; trial++) {
            double[] old = random.doubles(random.nextInt(4) + 1).toArray();
            double[] fresh = random.doubles(random.nextInt(4) + 1).toArray();

            int[] matches = CentroidMatching.match(old, fresh, 1, LIMIT);

            assertThat(Arrays.stream(matches).filter(m -> m >= 0)).doesNotHaveDuplicates();
            assertThat(cost(old, fresh, matches)).isCloseTo(least(old, fresh), within(1e-12));
        }
    }

    /** Each pair costs its distance, each row left alone on the larger side the limit. */
    private static double cost(double[] old, double[] fresh, int[] matches) {
        double sum = 0;
        int paired = 0;
        for (int f = 0; f < fresh.length; f++) {
            if (matches[f] >= 0) {
                sum += Math.abs(fresh[f] - old[matches[f]]);
                paired++;
            }
        }
        return sum + LIMIT * (Math.max(old.length, fresh.length) - paired);
    }

    private static double least(double[] old, double[] fresh) {
        return least(old, fresh, 0, new int[fresh.length]);
    }

    private static double least(double[] old, double[] fresh, int f, int[] matches) {
        if (f == fresh.length) {
            return cost(old, fresh, matches);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int o = -1; o < old.length; o++) {
            int candidate = o;
            boolean free = o < 0 || Arrays.stream(matches, 0, f).noneMatch(m -> m == candidate);
            if (free) {
                matches[f] = o;
                least = Math.min(least, least(old, fresh, f + 1, matches));
            }
        }
        return least;
    }
}
