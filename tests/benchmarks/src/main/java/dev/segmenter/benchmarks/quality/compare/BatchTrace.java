// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.model.train.KMeans;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Batch k-means on points that are all there. */
final class BatchTrace {
    /** Starts, of which the best counts. */
    static final int RESTARTS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private BatchTrace() {}

    /** Its only step. */
    static Trace of(Truth truth, int k, long seed) {
        return of(truth.points(), truth.d(), k, seed);
    }

    /** The same on points (n x d) whose classes do not matter. */
    static Trace of(double[] points, int d, int k, long seed) {
        long start = System.nanoTime();
        double[] rows = new KMeans(points, d, false).fit(k, RESTARTS, new Random(seed));
        double speed = points.length / d * NANOS_PER_SECOND / (System.nanoTime() - start);
        int[] ids = IntStream.range(0, rows.length / d).toArray();
        return new Trace(List.of(new Trace.Step(ids, rows)), speed);
    }
}
