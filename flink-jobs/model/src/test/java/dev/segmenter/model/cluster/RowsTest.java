// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowsTest {
    /** Coordinates on a coarse grid, so that equal distances and equal rows are frequent; and others. */
    @Test
    void nearest_anyGuess_isThatOfTheScanEvenAmongEquals() {
        Random random = new Random(3);
        for (int k : new int[] {1, 2, 7, Rows.SIDE_BY_SIDE, 33, 64}) {
            for (int d = 1; d < 35; d++) {
                for (boolean grid : new boolean[] {true, false}) {
                    double[] rows = numbers(random, k * d, grid);
                    double[] points = numbers(random, 20 * d + 3, grid);
                    requireSame(new Rows(rows, k, d), rows, points, random);
                }
            }
        }
    }

    private static void requireSame(Rows made, double[] rows, double[] points, Random random) {
        double[][] lanes = made.lanes();
        int d = made.dimension();
        for (int from = 3; from + d <= points.length; from += d) {
            int expected = Distances.nearest(points, from, rows, made.size(), d);
            int guess = random.nextInt(made.size());

            assertThat(made.nearest(points, from, guess, lanes)).isEqualTo(expected);
            assertThat(made.nearest(points, from, expected, lanes)).isEqualTo(expected);
        }
    }

    @Test
    void lead_anyGuess_isNoMoreThanTheOthersAreFartherAndHardlyLessIfAllAreSearched() {
        Random random = new Random(4);
        double[] lead = new double[1];
        for (int k : new int[] {2, 7, 33}) {
            for (boolean grid : new boolean[] {true, false}) {
                int d = 5;
                double[] rows = numbers(random, k * d, grid);
                Rows made = new Rows(rows, k, d);
                for (int i = 0; i < 200; i++) {
                    double[] point = numbers(random, d, grid);
                    int guess = random.nextInt(k);
                    int nearest = made.nearest(point, 0, guess, made.lanes(), lead);
                    double ahead = ahead(made, point, nearest);

                    assertThat(nearest).isEqualTo(made.nearest(point, 0));
                    assertThat(lead[0]).isBetween(0.0, ahead);
                    if (nearest != guess) {
                        assertThat(lead[0]).isCloseTo(ahead, within(1e-7));
                    }
                }
            }
        }
    }

    private static double ahead(Rows rows, double[] point, int nearest) {
        double second = Double.POSITIVE_INFINITY;
        for (int j = 0; j < rows.size(); j++) {
            if (j != nearest) {
                second = Math.min(second, Math.sqrt(rows.squared(point, 0, j)));
            }
        }
        return second - Math.sqrt(rows.squared(point, 0, nearest));
    }

    @Test
    void lead_oneRow_hasNoEnd() {
        double[] lead = new double[1];
        Rows one = new Rows(new double[] {1, 2}, 1, 2);

        assertThat(one.nearest(new double[] {3, 4}, 0, 0, one.lanes(), lead)).isZero();
        assertThat(lead[0]).isInfinite();
    }

    @Test
    void nearest_pointInTheMiddle_isNotTakenForTheGuess() {
        double[] rows = {0, 1};
        Rows made = new Rows(rows, 2, 1);

        assertThat(made.nearest(new double[] {0.5}, 0, 1, made.lanes())).isZero();
        assertThat(made.nearest(new double[] {Math.nextUp(0.5)}, 0, 0, made.lanes())).isEqualTo(1);
    }

    @Test
    void nearest_distancesOverflow_theFirstWins() {
        double[] rows = {1e200, -1e200};
        Rows made = new Rows(rows, 2, 1);

        assertThat(made.nearest(new double[] {0}, 0, 1, made.lanes())).isZero();
    }

    private static double[] numbers(Random random, int count, boolean grid) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = grid ? random.nextInt(3) / 2.0 : random.nextGaussian();
        }
        return numbers;
    }
}
