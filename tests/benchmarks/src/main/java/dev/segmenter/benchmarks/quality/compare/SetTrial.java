// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Clustering;
import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.Score.Method;
import dev.segmenter.model.calibrate.AdjustedRandIndex;
import dev.segmenter.model.calibrate.Silhouette;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One set of points: batch k-means on all of it, and one pass of the streaming methods in shuffled orders. */
final class SetTrial {
    /** Batches of a pass. */
    static final int BATCHES = 100;

    /** Of them those that make the start reservoir: 20 % of the set. */
    static final int START_BATCHES = 20;

    /** Ten passes: next to nothing is forgotten within one. */
    private static final int HALF_LIFE = 10 * BATCHES;

    private static final int SNAPSHOT_BATCHES = 10;
    private static final int SILHOUETTE_POINTS = 2_000;

    private final PointSet set;
    private final Trace batch;
    private final Clustering reference;

    /** Fits the reference. */
    SetTrial(PointSet set) {
        this.set = set;
        this.batch = BatchTrace.of(set.points(), set.d(), set.k(), 1);
        this.reference = new Clustering(set.points(), batch.last().centroids(), set.d());
    }

    /** The points. */
    PointSet set() {
        return set;
    }

    /** Sum of squares of batch k-means, in the frame. */
    double referenceSse() {
        return reference.sse();
    }

    /** The same in the points' own units, squared. */
    double referenceSseInOwnUnits() {
        return reference.sse() * set.unit() * set.unit();
    }

    /** In words how large the set and the start are. */
    String sizes() {
        return String.format(
                Locale.ROOT,
                "%,d points, d = %d, K = %d; start reservoir: the first %,d points (%d %%).",
                set.size(),
                set.d(),
                set.k(),
                set.size() * START_BATCHES / BATCHES,
                100 * START_BATCHES / BATCHES);
    }

    /** Scores of the methods and of batch on one order of the points. */
    List<Score> run(List<StreamingMethod> methods, long seed) throws IOException {
        PointSet shuffled = set.shuffled(seed);
        PointStream stream =
                new PointStream(
                        shuffled.points(),
                        set.d(),
                        set.k(),
                        BATCHES,
                        START_BATCHES,
                        HALF_LIFE,
                        SNAPSHOT_BATCHES);
        Start start = Start.of(stream, seed);
        List<Score> scores = new ArrayList<>();
        for (StreamingMethod method : methods) {
            scores.add(score(method.method(), method.run(stream, start, seed), shuffled, seed));
        }
        scores.add(score(Method.BATCH, batch, shuffled, seed));
        return scores;
    }

    private Score score(Method method, Trace trace, PointSet points, long seed) {
        int d = set.d();
        double[] rows = trace.last().centroids();
        Clustering clustering = new Clustering(points.points(), rows, d);
        int[] labels = clustering.labels();
        int sample = Math.min(SILHOUETTE_POINTS, labels.length);
        return new Score(
                set.name(),
                method,
                seed,
                clustering.sse() / reference.sse(),
                set.truth() == null ? null : (Double) AdjustedRandIndex.of(labels, points.truth()),
                Silhouette.of(
                        Arrays.copyOf(points.points(), sample * d),
                        Arrays.copyOf(labels, sample),
                        d),
                trace.pointsPerSecond(),
                seed == 1 ? Clustering.rows(set.inOwnUnits(rows), d) : null);
    }
}
