// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Clustering;
import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.Score.Method;
import dev.segmenter.model.calibrate.AdjustedRandIndex;
import dev.segmenter.model.calibrate.Silhouette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A trace judged step by step on points of known classes, which stay the same users at every step. */
final class TraceView {
    private final Trace trace;
    private final List<Truth> truths;
    private final double[] ratios;
    private final List<int[]> ids = new ArrayList<>();

    /** With the truth at each step, and the reference's sum of squares. */
    TraceView(Trace trace, List<Truth> truths, double referenceSse) {
        this.trace = trace;
        this.truths = truths;
        this.ratios = new double[truths.size()];
        for (int step = 0; step < ratios.length; step++) {
            Clustering clustering = clustering(step);
            ratios[step] = clustering.sse() / referenceSse;
            int[] names = trace.steps().get(step).ids();
            ids.add(Arrays.stream(clustering.labels()).map(row -> names[row]).toArray());
        }
    }

    private Clustering clustering(int step) {
        Truth truth = truths.get(step);
        return new Clustering(truth.points(), trace.steps().get(step).centroids(), truth.d());
    }

    /** Sum of squares of each step over the reference's. */
    double[] ratios() {
        return ratios;
    }

    /** Ids of the users at each step. */
    List<int[]> ids() {
        return ids;
    }

    /** How good the last model is. */
    Score score(String dataSet, Method method, long seed) {
        int last = ratios.length - 1;
        Truth truth = truths.get(last);
        return new Score(
                dataSet,
                method,
                seed,
                ratios[last],
                AdjustedRandIndex.of(ids.get(last), truth.classes()),
                Silhouette.of(truth.points(), ids.get(last), truth.d()),
                trace.pointsPerSecond(),
                seed == 1 ? clustering(last).centroids() : null);
    }
}
