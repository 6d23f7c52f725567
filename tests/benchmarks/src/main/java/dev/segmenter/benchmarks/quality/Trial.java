// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.benchmarks.quality.Score.Method;
import dev.segmenter.model.calibrate.AdjustedRandIndex;
import dev.segmenter.model.train.KMeans;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One population and seed: the segmenter on the stream of events, beside batch k-means on the vectors
 * that the users have at the end, in the segmenter's final frame.
 */
final class Trial {
    /** Starts of each batch k-means. */
    static final int RESTARTS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String dataSet;
    private final long seed;
    private final int k;
    private final FinalState end;
    private final int[] truth;
    private final double[] points;
    private final double segmenterSpeed;

    private Trial(
            Population population, long seed, FinalState end, int[] truth, double segmenterSpeed) {
        this.dataSet = population.name();
        this.seed = seed;
        this.k = population.config(seed).trainer().k();
        this.end = end;
        this.truth = truth;
        this.points = end.points();
        this.segmenterSpeed = segmenterSpeed;
    }

    /** Runs the segmenter on a population, then the others on what it leaves. */
    static TrialResult run(Population population, long seed) throws IOException {
        InMemorySegmenter segmenter =
                new InMemorySegmenter(population.config(seed), new IgnoredDecisions());
        long start = System.nanoTime();
        ToIntFunction<String> classOf = population.replay(seed, segmenter::process).orElse(null);
        FinalState end = segmenter.finish();
        double speed = perSecond(end.events(), start);
        return new Trial(population, seed, end, truthOf(end, classOf), speed).result();
    }

    private static int[] truthOf(FinalState end, ToIntFunction<String> classOf) {
        return classOf == null
                ? null
                : end.users().stream().map(FinalState.User::id).mapToInt(classOf).toArray();
    }

    private TrialResult result() {
        int d = end.model().dimension();
        int n = end.users().size();
        long start = System.nanoTime();
        Clustering batch = batch(d);
        double batchSpeed = perSecond(n, start);
        start = System.nanoTime();
        Clustering commons = CommonsMathKMeans.fit(points, d, k, RESTARTS, seed);
        double commonsSpeed = perSecond(n, start);
        Clustering own = new Clustering(points, end.centroids(), d);
        double sse = batch.sse();
        return new TrialResult(
                n,
                end.events(),
                end.model().size(),
                truth == null ? null : (Double) AdjustedRandIndex.of(shuffled(), truth),
                List.of(
                        score(Method.SEGMENTER, own, end.segments(), sse, segmenterSpeed),
                        score(Method.BATCH, batch, batch.labels(), sse, batchSpeed),
                        score(Method.COMMONS_MATH, commons, commons.labels(), sse, commonsSpeed)));
    }

    private Clustering batch(int d) {
        KMeans kMeans = new KMeans(points, d, end.model().frame().cosine());
        return new Clustering(points, kMeans.fit(k, RESTARTS, new Random(seed)), d);
    }

    private Score score(
            Method method, Clustering clustering, int[] labels, double batchSse, double speed) {
        return new Score(
                dataSet,
                method,
                seed,
                clustering.sse() / batchSse,
                truth == null ? null : (Double) AdjustedRandIndex.of(labels, truth),
                clustering.silhouette(),
                speed,
                seed == 1 ? clustering.centroids() : null);
    }

    private int[] shuffled() {
        List<Integer> labels = IntStream.of(end.segments()).boxed().collect(Collectors.toList());
        Collections.shuffle(labels, new Random(seed));
        return labels.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double perSecond(long count, long startNanos) {
        return count * NANOS_PER_SECOND / (System.nanoTime() - startNanos);
    }
}
