// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import java.util.Arrays;

/**
 * k rows of d numbers, made for finding the one nearest to a point: the result is always that of {@link
 * Distances#nearest}, of equals the lowest row. Immutable.
 *
 * <p>A row that is guessed is the nearest for sure if the point is less than half as far from it as the
 * row nearest to that row (G. Hamerly, "Making k-means even faster", SDM 2010); the half is taken a
 * little smaller, so that rounding cannot matter. Else few rows are tried one by one, each given up as
 * soon as a part of its sum is over the least so far, and many side by side: the numbers also stand by
 * column, and each row's sum is taken in the four lanes of {@link Distances}, in loops that the compiler
 * turns into vector instructions.
 */
public final class Rows {
    /** Fewer rows than this are tried one by one. */
    static final int SIDE_BY_SIDE = 16;

    private static final int LANES = 4;

    /** Once the lanes are added to the first, this one has the second least. */
    private static final int NEXT_LANE = 1;

    private static final double SHY_OF_A_QUARTER = 0.25 * (1 - Distances.ROUNDING);

    private final double[] rows;
    private final double[][] columns;
    private final double[] clearance;
    private final int k;
    private final int d;

    /** Of k x d numbers, not copied. */
    public Rows(double[] rows, int k, int d) {
        this.rows = rows;
        this.k = k;
        this.d = d;
        this.columns = new double[d][k];
        this.clearance = new double[k];
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < d; i++) {
                columns[i][j] = rows[j * d + i];
            }
        }
        for (int j = 0; j < k; j++) {
            clearance[j] = SHY_OF_A_QUARTER * toNearestOther(j);
        }
    }

    private double toNearestOther(int row) {
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            if (j != row) {
                least = Math.min(least, Distances.squared(rows, row * d, rows, j * d, d));
            }
        }
        return least;
    }

    /** k. */
    public int size() {
        return k;
    }

    /** d. */
    public int dimension() {
        return d;
    }

    /** A number. */
    public double get(int row, int column) {
        return rows[row * d + column];
    }

    /** Scratch for {@link #nearest}, one a thread; serves any rows that are no more than these. */
    public double[][] lanes() {
        return new double[LANES][k];
    }

    /** Squared distance of a point at an offset to a row. */
    public double squared(double[] point, int from, int row) {
        return Distances.squared(point, from, rows, row * d, d);
    }

    /** The row nearest to a point at an offset, of equals the lowest. */
    public int nearest(double[] point, int from) {
        return Distances.nearest(point, from, rows, k, d);
    }

    /** The same, faster; any row may be guessed, the last nearest is a good guess. */
    public int nearest(double[] point, int from, int guess, double[][] lanes) {
        double least = squared(point, from, guess);
        if (least < clearance[guess]) {
            return guess;
        }
        return k < SIDE_BY_SIDE
                ? oneByOne(point, from, guess, least)
                : sideBySide(point, from, lanes);
    }

    /** The row nearest to a point at an offset; leaves the squared distance of the next one in the lanes. */
    public int nearest(double[] point, int from, double[][] lanes) {
        return sideBySide(point, from, lanes);
    }

    /**
     * The same, any row may be guessed; leaves in its lead, one number, how much farther every other row is at
     * least, in distances: 0 if no more than rounding may hide.
     */
    public int nearest(double[] point, int from, int guess, double[][] lanes, double[] lead) {
        double toGuess = squared(point, from, guess);
        if (toGuess < clearance[guess]) {
            // By the triangle's inequality; the half of the distance between both rows is in the
            // clearance.
            lead[0] = shy(2 * Math.sqrt(clearance[guess]) - Math.sqrt(toGuess), Math.sqrt(toGuess));
            return guess;
        }
        int nearest = sideBySide(point, from, lanes);
        lead[0] = shy(Math.sqrt(next(lanes)), Math.sqrt(lanes[0][nearest]));
        return nearest;
    }

    /** What is left between two distances after any rounding. */
    private static double shy(double farther, double nearer) {
        return farther == Double.POSITIVE_INFINITY
                ? farther
                : Math.max(0, farther - nearer - Distances.ROUNDING * (farther + nearer));
    }

    /** The least squared distance but that of the row that {@link #nearest(double[], int, double[][])} found. */
    public double next(double[][] lanes) {
        return lanes[NEXT_LANE][0];
    }

    private int oneByOne(double[] point, int from, int guess, double leastSoFar) {
        int nearest = guess;
        double least = leastSoFar;
        for (int j = 0; j < k; j++) {
            if (j == guess) {
                continue;
            }
            double distance = squaredUnless(point, from, j * d, least);
            if (distance < least || (distance == least && j < nearest)) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }

    /** The squared distance, or a part of it that is over the limit already: parts of a sum of squares only grow. */
    private double squaredUnless(double[] point, int from, int row, double limit) {
        double lane0 = 0;
        double lane1 = 0;
        double lane2 = 0;
        double lane3 = 0;
        int i = 0;
        for (; i + LANES <= d; i += LANES) {
            double d0 = point[from + i] - rows[row + i];
            double d1 = point[from + i + 1] - rows[row + i + 1];
            double d2 = point[from + i + 2] - rows[row + i + 2];
            double d3 = point[from + i + 3] - rows[row + i + 3];
            lane0 += d0 * d0;
            lane1 += d1 * d1;
            lane2 += d2 * d2;
            lane3 += d3 * d3;
            double part = (lane0 + lane1) + (lane2 + lane3);
            if (part > limit) {
                return part;
            }
        }
        for (; i < d; i++) {
            double rest = point[from + i] - rows[row + i];
            lane0 += rest * rest;
        }
        return (lane0 + lane1) + (lane2 + lane3);
    }

    private int sideBySide(double[] point, int from, double[][] lanes) {
        int whole = d - d % LANES;
        for (int lane = 0; lane < LANES; lane++) {
            Arrays.fill(lanes[lane], 0, k, 0);
            int i = lane;
            for (; i + 3 * LANES < whole; i += 4 * LANES) {
                addFour(point, from, i, lanes[lane]);
            }
            for (; i < whole; i += LANES) {
                addOne(point[from + i], columns[i], lanes[lane], k);
            }
        }
        for (int i = whole; i < d; i++) {
            addOne(point[from + i], columns[i], lanes[0], k);
        }
        return least(lanes[0], lanes[1], lanes[2], lanes[3], k);
    }

    private void addFour(double[] point, int from, int i, double[] lane) {
        addFour(
                point[from + i],
                point[from + i + LANES],
                point[from + i + 2 * LANES],
                point[from + i + 3 * LANES],
                columns[i],
                columns[i + LANES],
                columns[i + 2 * LANES],
                columns[i + 3 * LANES],
                lane,
                k);
    }

    /** Four steps of one lane, in order. */
    private static void addFour(
            double x0,
            double x1,
            double x2,
            double x3,
            double[] column0,
            double[] column1,
            double[] column2,
            double[] column3,
            double[] lane,
            int k) {
        for (int j = 0; j < k; j++) {
            double d0 = x0 - column0[j];
            double d1 = x1 - column1[j];
            double d2 = x2 - column2[j];
            double d3 = x3 - column3[j];
            lane[j] = (((lane[j] + d0 * d0) + d1 * d1) + d2 * d2) + d3 * d3;
        }
    }

    private static void addOne(double x, double[] column, double[] lane, int k) {
        for (int j = 0; j < k; j++) {
            double difference = x - column[j];
            lane[j] += difference * difference;
        }
    }

    private static int least(
            double[] lane0, double[] lane1, double[] lane2, double[] lane3, int k) {
        for (int j = 0; j < k; j++) {
            lane0[j] = (lane0[j] + lane1[j]) + (lane2[j] + lane3[j]);
        }
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        double next = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            if (lane0[j] < next) {
                if (lane0[j] < least) {
                    next = least;
                    least = lane0[j];
                    nearest = j;
                } else {
                    next = lane0[j];
                }
            }
        }
        lane1[0] = next;
        return nearest;
    }
}
