// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Rows;

/** Judges a structure by votes that had no part in placing it; the bars are those of {@link StructureSearch}. */
final class StructureJudge {
    /**
     * From which {@link #separation} on two segments are two groups. The best cut of a Gaussian gives 0.64,
     * of an even spread 0.75; two Gaussian groups of equal size pass when 4 deviations apart.
     */
    static final double APART = 0.8;

    /** Up to which two segments may be one group. */
    static final double TOGETHER = 0.7;

    private final double[] points;
    private final int n;
    private final int d;
    private final int k;
    private final double[] present;
    private final double[] moved;

    /** Points (n x d) and the present rows (k x d), as they are and as moved on the placing votes. */
    StructureJudge(double[] points, int d, int k, double[] present, double[] moved) {
        this.points = points;
        this.n = points.length / d;
        this.d = d;
        this.k = k;
        this.present = present;
        this.moved = moved;
    }

    /** Whether a structure with a new row is worth its change. */
    boolean accepts(Restructuring candidate) {
        int added = candidate.addedRow();
        boolean apart =
                candidate.merged() != Restructuring.NONE
                        || separation(points, candidate.rows(), added, d) >= APART;
        return apart
                && leavesEachItsVotes(candidate)
                && leastGain(moved, candidate.rows()) >= StructureSearch.MARGIN / k;
    }

    /** Whether the new row of a structure has enough votes; what it gains is seen against the present structure. */
    boolean acceptsHandover(Restructuring candidate) {
        return shares(candidate.rows())[candidate.addedRow()] >= StructureSearch.LEAST_PART / k;
    }

    /** Whether a structure with two rows merged serves about as well. */
    boolean acceptsMerger(Restructuring candidate) {
        return separation(points, moved, candidate.mergedInto(), candidate.merged(), d) < TOGETHER
                && -leastGain(moved, candidate.rows()) <= StructureSearch.MOST_LOSS / k;
    }

    /** Whether rows serve better than the present ones as they are by at least the margin. */
    boolean improvesOnPresent(double[] rows) {
        return leastGain(present, rows) >= StructureSearch.MARGIN / k;
    }

    /** Whether the new row has enough votes and takes no other one's: whichever goes to outliers would have few. */
    private boolean leavesEachItsVotes(Restructuring candidate) {
        double least = StructureSearch.LEAST_PART / k;
        double[] before = shares(moved);
        double[] after = shares(candidate.rows());
        boolean enough = after[candidate.addedRow()] >= least;
        for (int j = 0; j < candidate.slots(); j++) {
            enough &=
                    !candidate.stays(j)
                            || after[candidate.row(j)] >= Math.min(least, before[j] / 2);
        }
        return enough;
    }

    private double[] shares(double[] rows) {
        double[] shares = new double[rows.length / d];
        for (int row : nearest(points, rows, d)) {
            shares[row] += 1.0 / n;
        }
        return shares;
    }

    /** Relative fall of the sum of squared distances, less some of its standard errors (pairs of each vote). */
    private double leastGain(double[] before, double[] after) {
        int[] nearestBefore = nearest(points, before, d);
        int[] nearestAfter = nearest(points, after, d);
        double total = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double was = Distances.squared(points, i * d, before, nearestBefore[i] * d, d);
            double is = Distances.squared(points, i * d, after, nearestAfter[i] * d, d);
            double gain = was - is;
            total += was;
            sum += gain;
            squares += gain * gain;
        }
        if (n == 0 || total == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double error = Math.sqrt(Math.max(0, squares - sum * sum / n));
        return (sum - StructureSearch.ERRORS * error) / total;
    }

    /** By point: the row nearest to it. */
    private static int[] nearest(double[] points, double[] rows, int d) {
        Rows of = new Rows(rows, rows.length / d, d);
        double[][] lanes = of.lanes();
        int[] nearest = new int[points.length / d];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = of.nearest(points, i * d, 0, lanes);
        }
        return nearest;
    }

    /** Least separation of a row from any other. */
    static double separation(double[] points, double[] rows, int row, int d) {
        int[] nearest = nearest(points, rows, d);
        double least = 1;
        for (int other = 0; other < rows.length / d; other++) {
            if (other != row) {
                least = Math.min(least, separation(points, nearest, rows, row, other, d));
            }
        }
        return least;
    }

    /**
     * How clearly two segments stand apart, 0 to 1: of the variance of their votes along the line between
     * their centroids, the share that lies between the two means. 1 if one of them has no votes. Votes count
     * up to the distance of the centroids beyond either: a few outliers would hide two groups.
     */
    static double separation(double[] points, double[] rows, int a, int b, int d) {
        return separation(points, nearest(points, rows, d), rows, a, b, d);
    }

    private static double separation(
            double[] points, int[] nearest, double[] rows, int a, int b, int d) {
        double[] axis = new double[d];
        for (int i = 0; i < d; i++) {
            axis[i] = rows[b * d + i] - rows[a * d + i];
        }
        double length = Distances.squared(rows, a * d, rows, b * d, d);
        double[] count = new double[2];
        double[] sum = new double[2];
        double squares = 0;
        for (int p = 0; p < points.length / d; p++) {
            if (nearest[p] == a || nearest[p] == b) {
                double at = 0;
                for (int i = 0; i < d; i++) {
                    at += axis[i] * (points[p * d + i] - rows[a * d + i]);
                }
                at = Math.max(-length, Math.min(2 * length, at));
                int side = nearest[p] == a ? 0 : 1;
                count[side]++;
                sum[side] += at;
                squares += at * at;
            }
        }
        if (count[0] == 0 || count[1] == 0) {
            return 1;
        }
        double all = count[0] + count[1];
        double mean = (sum[0] + sum[1]) / all;
        double step = sum[1] / count[1] - sum[0] / count[0];
        double between = count[0] * count[1] / (all * all) * step * step;
        double variance = squares / all - mean * mean;
        return variance > 0 ? Math.min(1, between / variance) : 1;
    }
}
