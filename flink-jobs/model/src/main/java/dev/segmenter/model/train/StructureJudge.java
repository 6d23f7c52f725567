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

    /** The best cut of an even spread: what a division has at most that is none. */
    static final double EVEN_SPREAD = 0.75;

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
                candidate.merged() != Restructuring.NONE || standsApart(candidate.rows(), added);
        return apart
                && leavesEachItsVotes(candidate)
                && leastGain(moved, candidate.rows()) >= StructureSearch.MARGIN / k;
    }

    private boolean standsApart(double[] rows, int row) {
        return standsApart(points, nearest(points, rows, d), rows, row, APART, d);
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

    /** Whether the {@link #separation} of a row from any other is at least that much; by point its nearest row. */
    static boolean standsApart(
            double[] points, int[] nearest, double[] rows, int row, double least, int d) {
        int[][] members = members(nearest, rows.length / d);
        for (int other = 0; other < members.length; other++) {
            if (other != row && separation(points, members, rows, row, other, d) < least) {
                return false;
            }
        }
        return true;
    }

    /**
     * How clearly two segments stand apart, 0 to 1: of the variance of their votes along the line between
     * their centroids, the share that lies between the two means. 1 if one of them has no votes. Votes count
     * up to the distance of the centroids beyond either: a few outliers would hide two groups.
     */
    static double separation(double[] points, double[] rows, int a, int b, int d) {
        int[][] members = members(nearest(points, rows, d), rows.length / d);
        return separation(points, members, rows, a, b, d);
    }

    /** By row: the points nearest to it. */
    private static int[][] members(int[] nearest, int k) {
        int[] sizes = new int[k];
        for (int row : nearest) {
            sizes[row]++;
        }
        int[][] members = new int[k][];
        for (int j = 0; j < k; j++) {
            members[j] = new int[sizes[j]];
        }
        for (int p = nearest.length - 1; p >= 0; p--) {
            members[nearest[p]][--sizes[nearest[p]]] = p;
        }
        return members;
    }

    private static double separation(
            double[] points, int[][] members, double[] rows, int a, int b, int d) {
        int[] count = {members[a].length, members[b].length};
        if (count[0] == 0 || count[1] == 0) {
            return 1;
        }
        double[] axis = new double[d];
        for (int i = 0; i < d; i++) {
            axis[i] = rows[b * d + i] - rows[a * d + i];
        }
        double length = Distances.squared(rows, a * d, rows, b * d, d);
        double[] sum = new double[2];
        double squares = 0;
        for (int s = 0; s < 2; s++) {
            for (int p : members[s == 0 ? a : b]) {
                double at = 0;
                for (int i = 0; i < d; i++) {
                    at += axis[i] * (points[p * d + i] - rows[a * d + i]);
                }
                at = Math.max(-length, Math.min(2 * length, at));
                sum[s] += at;
                squares += at * at;
            }
        }
        double all = count[0] + count[1];
        double mean = (sum[0] + sum[1]) / all;
        double step = sum[1] / count[1] - sum[0] / count[0];
        double between = (double) count[0] * count[1] / (all * all) * step * step;
        double variance = squares / all - mean * mean;
        return variance > 0 ? Math.min(1, between / variance) : 1;
    }
}
