// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The table of the variants, and the bars as ratios of their medians. */
final class DrainTable {
    private static final double THOUSAND = 1e3;

    private final List<LoadRow> rows;
    private final LoadOptions options;
    private final LoadTopic topic;

    DrainTable(List<LoadRow> rows, LoadOptions options, LoadTopic topic) {
        this.rows = rows;
        this.options = options;
        this.topic = topic;
    }

    String toMarkdown() {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                String.format(
                        Locale.ROOT,
                        "%d cores, Java %s, parallelism %d; %,d events of %.0f bytes in %d"
                                + " partitions, %,d users (`%s`: the top one has %.1f %%), %,d events a"
                                + " day; K = %d, d = %d, checkpoints every %d s; windows of %d s.",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        options.parallelism(),
                        topic.events(),
                        topic.meanBytes(),
                        options.partitions(),
                        topic.users(),
                        options.skewText(),
                        100 * topic.topShare(),
                        options.eventsPerDay(),
                        options.k(),
                        options.features(),
                        options.checkpoint().toSeconds(),
                        options.window().toSeconds()));
        text.add("");
        text.add("| variant | k events/s | min | max | CPU s/M | min | max | windows |");
        text.add("|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> text.add(line(row)));
        text.add("");
        text.add("| must reach | | measured | |");
        text.add("|---|---|---|---|");
        bars(rows).forEach(bar -> text.add(bar.toRow()));
        return text.toString();
    }

    private static String line(LoadRow row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %d%s |",
                row.variant(),
                Bar.number(row.eventsPerSecond() / THOUSAND),
                Bar.number(row.eventsPerSecondMin() / THOUSAND),
                Bar.number(row.eventsPerSecondMax() / THOUSAND),
                Bar.number(row.cpuSecondsPerMillion()),
                Bar.number(row.cpuSecondsPerMillionMin()),
                Bar.number(row.cpuSecondsPerMillionMax()),
                row.repetitions(),
                row.settled() ? "" : ", not settled");
    }

    static List<Bar> bars(List<LoadRow> rows) {
        double whole = rate(rows, Variant.WHOLE_JOB);
        return List.of(
                new Bar(
                        "whole-job / decode-keyby",
                        whole / rate(rows, Variant.DECODE_KEYBY),
                        0.20,
                        true),
                new Bar(
                        "whole-job / naive-rocksdb",
                        whole / rate(rows, Variant.NAIVE_ROCKSDB),
                        2,
                        true),
                new Bar(
                        "whole-job / textbook-flink",
                        whole / rate(rows, Variant.TEXTBOOK_FLINK),
                        10,
                        true),
                new Bar(
                        "whole-job / kafka-streams",
                        whole / rate(rows, Variant.KAFKA_STREAMS),
                        3,
                        true),
                new Bar("whole-job, CPU seconds a million events", cpu(rows), 3.5, false),
                new Bar(
                        "state, bytes a user (mean)",
                        figure(rows, StateFigures.BYTES_PER_USER),
                        400,
                        false),
                new Bar(
                        "checkpoints, p99, s",
                        figure(rows, StateFigures.CHECKPOINT_P99),
                        2,
                        false));
    }

    private static double rate(List<LoadRow> rows, Variant variant) {
        return rows.stream()
                .filter(row -> row.variant().equals(variant.toString()))
                .mapToDouble(LoadRow::eventsPerSecond)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double cpu(List<LoadRow> rows) {
        return rows.stream()
                .filter(row -> row.variant().equals(Variant.WHOLE_JOB.toString()))
                .mapToDouble(LoadRow::cpuSecondsPerMillion)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double figure(List<LoadRow> rows, String name) {
        return rows.stream()
                .filter(row -> row.variant().equals(Variant.WHOLE_JOB.toString()))
                .mapToDouble(row -> row.figures().getOrDefault(name, Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }
}
