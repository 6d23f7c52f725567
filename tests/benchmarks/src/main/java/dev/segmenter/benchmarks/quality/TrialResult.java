// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.List;

/**
 * What one population and seed gave.
 *
 * @param users live at the end
 * @param events that counted
 * @param segments alive at the end
 * @param chance adjusted Rand index of the segmenter's labels shuffled among the users, null without
 *     a truth
 */
record TrialResult(int users, long events, int segments, Double chance, List<Score> scores) {
    TrialResult {
        scores = List.copyOf(scores);
    }

    /** The score of a method. */
    Score of(Method method) {
        return scores.stream().filter(s -> s.method() == method).findFirst().orElseThrow();
    }
}
