// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Kernels as a Markdown table: time and bytes allocated of one operation. */
record KernelTable(Collection<RunResult> results) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    String toMarkdown() {
        return results.stream()
                .map(KernelTable::line)
                .collect(
                        Collectors.joining(
                                "\n",
                                "\n| kernel | of | ns/op | B/op |\n|---|---|---|---|\n",
                                "\n"));
    }

    private static String line(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        BenchmarkParams run = result.getParams();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f ± %.1f | %.0f |",
                time.getLabel(),
                run.getParamsKeys().stream()
                        .map(key -> key + " = " + run.getParam(key))
                        .collect(Collectors.joining(", ")),
                time.getScore(),
                time.getScoreError(),
                allocation(result));
    }

    private static double allocation(RunResult result) {
        return result.getSecondaryResults().values().stream()
                .filter(secondary -> secondary.getLabel().endsWith(ALLOCATION))
                .mapToDouble(Result::getScore)
                .findFirst()
                .orElse(Double.NaN);
    }
}
