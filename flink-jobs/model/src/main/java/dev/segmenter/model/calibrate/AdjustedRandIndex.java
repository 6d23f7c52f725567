// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.Arrays;

/**
 * Agreement of two partitions of the same n points, corrected for chance: 1 for equal partitions, 0
 * on average for unrelated ones, below 0 for less than chance (L. Hubert, P. Arabie, "Comparing
 * partitions", Journal of Classification 2, 1985). What the labels are does not matter.
 */
public final class AdjustedRandIndex {
    private AdjustedRandIndex() {}

    /** The index of two labellings of equal length; refuses fewer than two points. */
    public static double of(int[] a, int[] b) {
        if (a.length != b.length || a.length < 2) {
            throw new IllegalArgumentException(
                    "labels of "
                            + a.length
                            + " and of "
                            + b.length
                            + " points cannot be compared; give two labels for each of at least two"
                            + " points");
        }
        int[] rows = ranks(a);
        int[] columns = ranks(b);
        long[][] both = new long[max(rows) + 1][max(columns) + 1];
        for (int i = 0; i < rows.length; i++) {
            both[rows[i]][columns[i]]++;
        }
        return index(both, a.length);
    }

    private static double index(long[][] both, long n) {
        long[] columnSums = new long[both[0].length];
        double together = 0;
        double inRows = 0;
        for (long[] row : both) {
            for (int j = 0; j < row.length; j++) {
                columnSums[j] += row[j];
                together += pairs(row[j]);
            }
            inRows += pairs(Arrays.stream(row).sum());
        }
        double inColumns = Arrays.stream(columnSums).mapToDouble(AdjustedRandIndex::pairs).sum();
        double expected = inRows * inColumns / pairs(n);
        double greatest = (inRows + inColumns) / 2;
        // Both are one cluster, or both are all singletons: equal partitions.
        return greatest == expected ? 1 : (together - expected) / (greatest - expected);
    }

    private static double pairs(long n) {
        return n * (n - 1) / 2.0;
    }

    /** Labels renumbered 0, 1, 2 ... */
    private static int[] ranks(int[] labels) {
        int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
        return Arrays.stream(labels).map(label -> Arrays.binarySearch(distinct, label)).toArray();
    }

    private static int max(int[] values) {
        return Arrays.stream(values).max().getAsInt();
    }
}
