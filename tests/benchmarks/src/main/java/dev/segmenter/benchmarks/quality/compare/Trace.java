// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.util.List;

/**
 * What a method held while a stream passed.
 *
 * @param steps the model after the start, then after each further batch
 * @param pointsPerSecond of wall time spent in the method
 */
record Trace(List<Step> steps, double pointsPerSecond) {
    Trace {
        steps = List.copyOf(steps);
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
