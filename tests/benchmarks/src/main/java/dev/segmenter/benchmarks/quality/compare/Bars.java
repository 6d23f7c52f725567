// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static dev.segmenter.benchmarks.quality.compare.Figures.decimals;
import static dev.segmenter.benchmarks.quality.compare.Figures.greatest;
import static dev.segmenter.benchmarks.quality.compare.Figures.median;
import static dev.segmenter.benchmarks.quality.compare.Figures.percent;
import static dev.segmenter.benchmarks.quality.compare.Figures.row;

import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the segmenter has to reach, beside what it reaches. */
final class Bars {
    private static final Map<String, Double> SSE_RATIO =
            Map.of("s1", 1.005, "s3", 1.005, "birch1", 1.05, "statlog", 1.03);
    private static final double UNBALANCE_ARI = 0.99;
    private static final double UNBALANCE_SEEDS = 0.9;
    private static final double RELABELLED_PER_SNAPSHOT = 0.002;
    private static final double HALF_LIVES = 2;
    private static final double FALSE_ALARMS_PER_1000 = 1;
    private static final double RELABELLED_OTHERS = 0.02;

    /** Figures are compared as the tables show them. */
    private static final double SHOWN = 0.5e-4;

    private static final Set<Method> PEERS =
            EnumSet.of(Method.SPARK, Method.SPARK_RANDOM, Method.SKLEARN, Method.SKLEARN_OWN_START);

    private final List<String> rows = new ArrayList<>();

    /** Takes the figures of a set of points. */
    void observe(String set, SetTable table) {
        double ratio = median(table.values(Method.SEGMENTER, Score::sseRatio));
        Double limit = SSE_RATIO.get(set);
        if (limit != null) {
            add(
                    set + ": SSE ratio, median",
                    "at most " + decimals(limit, 3),
                    decimals(ratio, 4),
                    ratio <= limit);
        }
        if (set.equals("unbalance")) {
            unbalance(table);
        }
        PEERS.stream()
                .mapToDouble(peer -> median(table.values(peer, Score::sseRatio)))
                .filter(Double::isFinite)
                .min()
                .ifPresent(
                        best ->
                                add(
                                        set + ": SSE ratio, median",
                                        "no worse than the best peer's " + decimals(best, 4),
                                        decimals(ratio, 4),
                                        ratio <= best + SHOWN));
    }

    private void unbalance(SetTable table) {
        double[] aris = table.values(Method.SEGMENTER, Score::ari);
        long good = Arrays.stream(aris).filter(ari -> ari >= UNBALANCE_ARI).count();
        add(
                "unbalance: seeds with an ARI of at least 0.99",
                "at least 9 of 10",
                good + " of " + aris.length,
                good >= UNBALANCE_SEEDS * aris.length);
    }

    /** Takes the figures of a generated stream. */
    void observe(String stream, StreamTable table) {
        if (stream.equals("sudden")) {
            sudden(table);
        } else if (stream.equals("vanishing")) {
            atMost(
                    "a vanishing cluster: others relabelled in total, median",
                    table.values(Method.SEGMENTER, StreamScore::relabelledTotal),
                    RELABELLED_OTHERS);
        } else if (stream.startsWith("stationary")) {
            atMost(
                    stream + ": relabelled per snapshot, median",
                    table.values(Method.SEGMENTER, StreamScore::relabelledPerSnapshot),
                    RELABELLED_PER_SNAPSHOT);
            falseAlarms(stream, table.values(Method.SEGMENTER, StreamScore::driftAlarms));
        }
        none(
                stream + ": ids that changed meaning, worst",
                table.values(Method.SEGMENTER, StreamScore::changedMeanings));
    }

    private void sudden(StreamTable table) {
        double halfLives = median(table.values(Method.SEGMENTER, StreamScore::halfLivesToRecover));
        add(
                "sudden: half-lives until back to 1.05 of the reference, median",
                "at most 2",
                decimals(halfLives, 2),
                halfLives <= HALF_LIVES);
        none(
                "sudden: unmoved clusters that lost their id, worst",
                table.values(Method.SEGMENTER, StreamScore::lostIds));
    }

    private void falseAlarms(String stream, double[] alarms) {
        double batches = alarms.length * (double) StationaryTrial.BATCHES;
        double per1000 = 1000 * Arrays.stream(alarms).sum() / batches;
        add(
                stream + ": drift alarms per 1,000 batches",
                "at most " + decimals(FALSE_ALARMS_PER_1000, 0),
                decimals(per1000, 2),
                per1000 <= FALSE_ALARMS_PER_1000);
    }

    private void atMost(String figure, double[] values, double limit) {
        double value = median(values);
        add(figure, "at most " + percent(limit), percent(value), value <= limit);
    }

    private void none(String figure, double[] values) {
        add(figure, "0", decimals(greatest(values), 0), greatest(values) == 0);
    }

    private void add(String figure, String bar, String value, boolean reached) {
        rows.add(row(figure, bar, value, reached ? "reached" : "missed"));
    }

    /** A row a bar. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| figure | bar | segmenter | |");
        lines.add("|---|---|---|---|");
        lines.addAll(rows);
        return String.join("\n", lines);
    }
}
