// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.List;

/**
 * What a method held while a stream passed.
 *
 * @param steps the model after the start, then after each further batch
 * @param pointsPerSecond of wall time spent in the method
 * @param driftAlarms that it raised; null if it watches for no drift
 */
record Trace(List<Step> steps, double pointsPerSecond, Integer driftAlarms) {
    Trace {
        steps = List.copyOf(steps);
    }

    /** Of a method that watches for no drift. */
    Trace(List<Step> steps, double pointsPerSecond) {
        this(steps, pointsPerSecond, null);
    }

    /** The model at the end. */
    Step last() {
        return steps.get(steps.size() - 1);
    }

    /**
     * A model.
     *
     * @param ids what the method calls each cluster (k)
     * @param centroids k x d
     */
    record Step(int[] ids, double[] centroids) {}
}
