// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.IOException;

/** A k-means that learns from batches. */
interface StreamingMethod {
    /** Name in the tables. */
    Method method();

    /** Takes the batches in order; the start is the common one. */
    Trace run(PointStream stream, Start start, long seed) throws IOException;
}
