// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static dev.segmenter.benchmarks.quality.compare.Figures.decimals;
import static dev.segmenter.benchmarks.quality.compare.Figures.greatest;
import static dev.segmenter.benchmarks.quality.compare.Figures.median;
import static dev.segmenter.benchmarks.quality.compare.Figures.percent;
import static dev.segmenter.benchmarks.quality.compare.Figures.row;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The scores of one generated stream over its seeds, as medians and worst cases. */
record StreamTable(List<StreamScore> scores) {
    StreamTable {
        scores = List.copyOf(scores);
    }

    /** A row a method. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| method | seeds | half-lives to recover, median | worst | relabelled per snapshot, median"
                        + " | worst | relabelled in total, median | worst | at once, worst | ids that"
                        + " changed meaning, worst | unmoved ids lost, worst | SSE ratio at the end,"
                        + " median | worst | drift alarms, median | worst |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        scores.stream().map(s -> s.score().method()).distinct().forEach(m -> lines.add(line(m)));
        return String.join("\n", lines);
    }

    private String line(Method method) {
        double[] recovery = values(method, StreamScore::halfLivesToRecover);
        double[] perSnapshot = values(method, StreamScore::relabelledPerSnapshot);
        double[] total = values(method, StreamScore::relabelledTotal);
        double[] ratios = values(method, s -> s.score().sseRatio());
        double[] alarms = values(method, StreamScore::driftAlarms);
        return row(
                method.toString(),
                Integer.toString(ratios.length),
                decimals(median(recovery), 2),
                decimals(greatest(recovery), 2),
                percent(median(perSnapshot)),
                percent(greatest(perSnapshot)),
                percent(median(total)),
                percent(greatest(total)),
                percent(greatest(values(method, StreamScore::relabelledAtOnce))),
                decimals(greatest(values(method, StreamScore::changedMeanings)), 0),
                decimals(greatest(values(method, StreamScore::lostIds)), 0),
                decimals(median(ratios), 3),
                decimals(greatest(ratios), 3),
                decimals(median(alarms), 1),
                decimals(greatest(alarms), 0));
    }

    /** A figure of a method, seed by seed; none where it does not apply. */
    double[] values(Method method, Function<StreamScore, ? extends Number> figure) {
        return scores.stream()
                .filter(s -> s.score().method() == method && figure.apply(s) != null)
                .mapToDouble(s -> figure.apply(s).doubleValue())
                .toArray();
    }
}
