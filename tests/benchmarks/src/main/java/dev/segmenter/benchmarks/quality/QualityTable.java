// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results of one data set over its seeds as a Markdown table of medians and worst cases. */
final class QualityTable {
    private static final String NONE = "";

    private final List<TrialResult> results;

    QualityTable(List<TrialResult> results) {
        this.results = List.copyOf(results);
    }

    /** A line on the sizes and a row for each method; nothing that depends on the machine. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(sizes());
        lines.add(NONE);
        lines.add(
                "| method | ARI, median | ARI, worst | SSE ratio, median | SSE ratio, worst |"
                        + " silhouette, median |");
        lines.add("|---|---|---|---|---|---|");
        results.get(0).scores().forEach(score -> lines.add(row(score.method())));
        if (hasTruth()) {
            double[] chance = sorted(TrialResult::chance);
            lines.add(line("chance", median(chance), greatest(chance), NONE, NONE, NONE));
        }
        return String.join("\n", lines);
    }

    private String sizes() {
        return String.format(
                Locale.ROOT,
                "%d seeds; medians: %.0f users, %.0f events, %.0f segments.",
                results.size(),
                middle(sorted(TrialResult::users)),
                middle(sorted(TrialResult::events)),
                middle(sorted(TrialResult::segments)));
    }

    private String row(Method method) {
        double[] ratios = sorted(result -> result.of(method).sseRatio());
        double[] silhouettes = sorted(result -> result.of(method).silhouette());
        double[] aris = hasTruth() ? sorted(result -> result.of(method).ari()) : null;
        return line(
                method.toString(),
                aris == null ? NONE : median(aris),
                aris == null ? NONE : decimals(aris[0]),
                median(ratios),
                greatest(ratios),
                median(silhouettes));
    }

    private boolean hasTruth() {
        return results.get(0).chance() != null;
    }

    private double[] sorted(ToDoubleFunction<TrialResult> value) {
        return results.stream().mapToDouble(value).sorted().toArray();
    }

    private static String line(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String median(double[] sorted) {
        return decimals(middle(sorted));
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String greatest(double[] sorted) {
        return decimals(sorted[sorted.length - 1]);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
