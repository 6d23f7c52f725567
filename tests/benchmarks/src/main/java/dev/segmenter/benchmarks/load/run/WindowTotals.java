// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

/** The accumulator of one user's window: a total for each feature over it, and the items seen, sorted. */
public final class WindowTotals {
    public double[] totals = {};
    public int[] items = {};

    /** For Flink. */
    public WindowTotals() {}
}
