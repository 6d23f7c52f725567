// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One generated stream and seed: all methods from the same start on the same points. */
final class ScenarioTrial {
    private final Scenario scenario;
    private final long seed;
    private final List<Truth> truths;

    ScenarioTrial(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        this.truths = scenario.truths(seed);
    }

    /** Scores of the methods, and of batch on the points of the end. */
    List<StreamScore> run(List<StreamingMethod> methods) throws IOException {
        PointStream stream = scenario.stream(seed);
        Start start = Start.of(stream, seed);
        List<StreamScore> scores = new ArrayList<>();
        for (StreamingMethod method : methods) {
            scores.add(score(method.method(), method.run(stream, start, seed)));
        }
        List<Truth> end = present().subList(truths.size() - 1, truths.size());
        Trace batch = BatchTrace.of(end.get(0), scenario.k(), seed);
        TraceView view = new TraceView(batch, end, end.get(0).sse());
        scores.add(StreamScore.of(view.score(scenario.name(), Method.BATCH, seed)));
        return scores;
    }

    /** Without the cluster that goes. */
    private List<Truth> present() {
        return scenario.vanishes()
                ? truths.stream().map(truth -> truth.without(scenario.k() - 1)).toList()
                : truths;
    }

    private StreamScore score(Method method, Trace trace) {
        List<Truth> present = present();
        TraceView view = new TraceView(trace, present, present.get(0).sse());
        List<int[]> everybody = new TraceView(trace, truths, 1).ids();
        int change = scenario.stepOf(scenario.changes()[0]);
        double[] relabelled = Identity.relabelled(view.ids().subList(change, truths.size()));
        boolean vanishes = scenario.vanishes();
        return new StreamScore(
                view.score(scenario.name(), method, seed),
                vanishes ? null : (Double) slowestRecovery(view.ratios()),
                Arrays.stream(view.ratios()).skip(change).max().orElseThrow(),
                null,
                vanishes ? (Double) Arrays.stream(relabelled).sum() : null,
                vanishes ? (Double) Arrays.stream(relabelled).max().orElseThrow() : null,
                changedMeanings(everybody, view.ids(), change),
                vanishes ? null : (Integer) lostIds(everybody, change),
                trace.driftAlarms());
    }

    /** Judged by who votes: everybody up to the change, then those who are still there. */
    private int changedMeanings(List<int[]> everybody, List<int[]> present, int change) {
        List<int[]> ids = new ArrayList<>(everybody.subList(0, change));
        ids.addAll(present.subList(change, present.size()));
        List<int[]> classes = new ArrayList<>(Collections.nCopies(change, truths.get(0).classes()));
        classes.addAll(Collections.nCopies(ids.size() - change, present().get(0).classes()));
        return Identity.changedMeanings(ids, classes);
    }

    private double slowestRecovery(double[] ratios) {
        int[] changes = scenario.changes();
        double slowest = 0;
        for (int phase = 0; phase + 1 < changes.length; phase++) {
            int from = scenario.stepOf(changes[phase]);
            int to = scenario.stepOf(changes[phase + 1]);
            slowest = Math.max(slowest, Recovery.halfLives(ratios, from, to, Scenario.HALF_LIFE));
        }
        return slowest;
    }

    private int lostIds(List<int[]> ids, int change) {
        int lost = 0;
        int[] last = ids.get(ids.size() - 1);
        for (int c = DriftingClusters.moving(scenario.k()); c < scenario.k(); c++) {
            lost += Identity.kept(ids.get(change), last, truths.get(0).classes(), c) ? 0 : 1;
        }
        return lost;
    }
}
