// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

/** What a user's window came to: values of the features at these positions. */
public final class WindowValues {
    public String userId;
    public long time;
    public int[] positions;
    public double[] values;

    /** For Flink. */
    public WindowValues() {}
}
