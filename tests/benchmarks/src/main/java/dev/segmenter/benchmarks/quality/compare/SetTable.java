// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static dev.segmenter.benchmarks.quality.compare.Figures.decimals;
import static dev.segmenter.benchmarks.quality.compare.Figures.greatest;
import static dev.segmenter.benchmarks.quality.compare.Figures.least;
import static dev.segmenter.benchmarks.quality.compare.Figures.median;
import static dev.segmenter.benchmarks.quality.compare.Figures.row;

import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The scores of one set of points over its seeds, as medians and worst cases. */
record SetTable(String sizes, List<Score> scores) {
    SetTable {
        scores = List.copyOf(scores);
    }

    /** A line on the sizes, then a row a method. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(sizes);
        lines.add("");
        lines.add(
                "| method | seeds | SSE ratio, median | SSE ratio, worst | ARI, median | ARI, worst |"
                        + " silhouette, median | points/s, median |");
        lines.add("|---|---|---|---|---|---|---|---|");
        scores.stream().map(Score::method).distinct().forEach(method -> lines.add(line(method)));
        return String.join("\n", lines);
    }

    private String line(Method method) {
        double[] ratios = values(method, Score::sseRatio);
        double[] aris = values(method, score -> score.ari() == null ? Double.NaN : score.ari());
        return row(
                method.toString(),
                Integer.toString(ratios.length),
                decimals(median(ratios), 4),
                decimals(greatest(ratios), 4),
                decimals(median(aris), 3),
                decimals(least(aris), 3),
                decimals(median(values(method, Score::silhouette)), 3),
                Figures.speed(median(values(method, Score::pointsPerSecond))));
    }

    /** A figure of a method, seed by seed. */
    double[] values(Method method, ToDoubleFunction<Score> figure) {
        return scores.stream().filter(s -> s.method() == method).mapToDouble(figure).toArray();
    }
}
