// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Rows;
import java.util.Arrays;

/**
 * The row nearest to each of n points, for rows that move from one assignment to the next: always that of
 * {@link Distances#nearest}, at less cost. Each point keeps a bound below its distance to any row but its own, which
 * falls by as much as a row has moved: as long as its own is nearer, no other is looked at (G. Hamerly, "Making
 * k-means even faster", SDM 2010). Where that is too little, the few rows that moved most are looked at by
 * themselves, and the bound falls by as much as any of the others has moved.
 */
final class NearestRows {
    /** Of no row, as before the first assignment. */
    static final int NONE = -1;

    /** A division moves two rows, an exchange three. */
    private static final int FAST = 4;

    private final double[] points;
    private final int n;
    private final int d;
    private final int[] row;
    private final double[] squared;
    private final double[] bound;
    private double[] last = {};

    /** Rows by their move since the last assignment, the greatest first; the last is the greatest of all others. */
    private final int[] fast = new int[FAST + 1];

    private final double[] moves = new double[FAST + 1];

    /** Points are n x d, row by row. */
    NearestRows(double[] points, int d) {
        this.points = points;
        this.n = points.length / d;
        this.d = d;
        this.row = new int[n];
        this.squared = new double[n];
        this.bound = new double[n];
        forget();
    }

    /** By point: its nearest row; not a copy. */
    int[] rows() {
        return row;
    }

    /** By point: the squared distance to its row; not a copy. */
    double[] squares() {
        return squared;
    }

    /** Forgets the last assignment. */
    void forget() {
        Arrays.fill(row, NONE);
    }

    /** An assignment to begin others with. */
    record Base(int[] row, double[] bound, double[] last) {}

    Base base() {
        return new Base(row.clone(), bound.clone(), last.clone());
    }

    /**
     * Goes on from an assignment, with k rows: each of its rows is now the one named, or {@link #NONE} if it is
     * gone; rows that are not named are new.
     */
    void resume(Base base, int[] rowNow, int k) {
        last = new double[k * d];
        Arrays.fill(last, Double.POSITIVE_INFINITY);
        for (int j = 0; j < rowNow.length; j++) {
            if (rowNow[j] != NONE) {
                System.arraycopy(base.last, j * d, last, rowNow[j] * d, d);
            }
        }
        for (int i = 0; i < n; i++) {
            row[i] = rowNow[base.row[i]];
        }
        System.arraycopy(base.bound, 0, bound, 0, n);
    }

    /** Assigns each point to its nearest of k x d rows; true if any has another than before. */
    boolean assign(double[] centroids) {
        int k = centroids.length / d;
        Rows rows = new Rows(centroids, k, d);
        double[][] lanes = rows.lanes();
        measureMoves(centroids);
        boolean changed = false;
        for (int i = 0; i < n; i++) {
            int before = row[i];
            if (before != NONE && before < k && stays(i, rows)) {
                continue;
            }
            row[i] = rows.nearest(points, i * d, lanes);
            squared[i] = rows.squared(points, i * d, row[i]);
            bound[i] = Math.sqrt(rows.next(lanes));
            changed |= row[i] != before;
        }
        return changed;
    }

    /** Whether the point's row is still the nearest for sure; the bound is then right for the new rows. */
    private boolean stays(int i, Rows rows) {
        squared[i] = rows.squared(points, i * d, row[i]);
        double distance = Math.sqrt(squared[i]);
        double forAll = lowered(bound[i], moves[0]);
        if (distance < forAll) {
            bound[i] = forAll;
            return true;
        }
        double forOthers = lowered(bound[i], moves[FAST]);
        if (!(distance < forOthers)) {
            return false;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int f = 0; f < FAST; f++) {
            if (fast[f] != NONE && fast[f] != row[i]) {
                least = Math.min(least, rows.squared(points, i * d, fast[f]));
            }
        }
        bound[i] = Math.min(forOthers, Math.sqrt(least));
        return squared[i] < least;
    }

    private static double lowered(double bound, double move) {
        return bound - (move + Distances.ROUNDING * bound);
    }

    private void measureMoves(double[] centroids) {
        Arrays.fill(fast, NONE);
        Arrays.fill(moves, centroids.length == last.length ? 0 : Double.POSITIVE_INFINITY);
        if (centroids.length == last.length) {
            for (int j = 0; j < centroids.length / d; j++) {
                rank(j, Math.sqrt(Distances.squared(last, j * d, centroids, j * d, d)));
            }
        }
        last = centroids.clone();
    }

    private void rank(int j, double move) {
        int place = FAST + 1;
        while (place > 0 && move > moves[place - 1]) {
            place--;
        }
        for (int p = FAST; p > place; p--) {
            moves[p] = moves[p - 1];
            fast[p] = fast[p - 1];
        }
        if (place <= FAST) {
            moves[place] = move;
            fast[place] = j;
        }
    }
}
