// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A stream that never changes: points drawn from a set with replacement, 350 K a half-life. At steady
 * state a model that forgets by half-lives then counts 505 K effective votes.
 */
final class StationaryTrial {
    private static final int POINTS_PER_CLUSTER = 350;
    private static final int HALF_LIFE = 20;

    /** 200 K points and a little more, as the trainer's own first fit needs. */
    private static final int START_BATCHES = 12;

    private static final int WARM_BATCHES = 3 * HALF_LIFE;
    static final int BATCHES = 13 * HALF_LIFE;

    private final PointSet set;
    private final Truth truth;
    private final double referenceSse;

    /** Of a set with known classes; the reference is that of the whole set. */
    StationaryTrial(PointSet set, double referenceSse) {
        this.set = set;
        this.truth = new Truth(set.points(), set.truth(), set.d());
        this.referenceSse = referenceSse;
    }

    /** Name in tables. */
    String name() {
        return "stationary-" + set.name();
    }

    /** Scores of the methods on one stream. */
    List<StreamScore> run(List<StreamingMethod> methods, long seed) throws IOException {
        PointStream stream = stream(seed);
        Start start = Start.of(stream, seed);
        List<StreamScore> scores = new ArrayList<>();
        for (StreamingMethod method : methods) {
            scores.add(score(method.method(), method.run(stream, start, seed), seed));
        }
        return scores;
    }

    private PointStream stream(long seed) {
        int batchSize = (set.k() * POINTS_PER_CLUSTER + HALF_LIFE - 1) / HALF_LIFE;
        int d = set.d();
        double[] points = new double[BATCHES * batchSize * d];
        Random random = new Random(seed);
        for (int i = 0; i < points.length; i += d) {
            System.arraycopy(set.points(), random.nextInt(set.size()) * d, points, i, d);
        }
        return new PointStream(points, d, set.k(), BATCHES, START_BATCHES, HALF_LIFE, 1);
    }

    private StreamScore score(Method method, Trace trace, long seed) {
        List<Truth> truths = Collections.nCopies(trace.steps().size(), truth);
        TraceView view = new TraceView(trace, truths, referenceSse);
        int warm = WARM_BATCHES - START_BATCHES;
        List<int[]> ids = view.ids().subList(warm, view.ids().size());
        double[] relabelled = Identity.relabelled(ids);
        return new StreamScore(
                view.score(name(), method, seed),
                null,
                Arrays.stream(view.ratios()).skip(warm).max().orElseThrow(),
                Arrays.stream(relabelled).average().orElseThrow(),
                null,
                Arrays.stream(relabelled).max().orElseThrow(),
                Identity.changedMeanings(ids, set.truth()),
                null,
                trace.driftAlarms());
    }
}
