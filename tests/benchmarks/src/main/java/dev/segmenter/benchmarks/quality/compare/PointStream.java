// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.Arrays;

/**
 * Points in the order in which every method gets them, cut into batches of equal size.
 *
 * @param points n x d, row by row
 * @param k greatest number of clusters
 * @param batches in all
 * @param startBatches first ones, whose points make the start reservoir
 * @param halfLife of a point's weight, batches
 * @param snapshotBatches batches between two snapshots of the segmenter
 */
record PointStream(
        double[] points,
        int d,
        int k,
        int batches,
        int startBatches,
        int halfLife,
        int snapshotBatches) {

    PointStream {
        if (startBatches < 1 || startBatches >= batches) {
            throw new IllegalArgumentException(
                    startBatches
                            + " of "
                            + batches
                            + " batches cannot make the start; use at least one, and leave some");
        }
    }

    /** n. */
    int size() {
        return points.length / d;
    }

    /** Number of the first point of a batch; that of batch {@link #batches} is n. */
    int from(int batch) {
        return (int) ((long) batch * size() / batches);
    }

    /** Points of the start reservoir (m x d). */
    double[] reservoir() {
        return Arrays.copyOf(points, from(startBatches) * d);
    }

    /** One point (d). */
    double[] point(int i) {
        return Arrays.copyOfRange(points, i * d, (i + 1) * d);
    }
}
