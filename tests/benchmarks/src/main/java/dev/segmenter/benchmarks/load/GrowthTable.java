// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A line for each case, and the bars on growth. */
final class GrowthTable {
    private static final double THOUSAND = 1e3;
    private static final double MEGA = 1e6;

    private GrowthTable() {}

    static String of(Map<GrowthCase, LoadRow> rows) {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                "| | | k events/s | CPU s/M | users in state | bytes a user | checkpoint, MB | p99,"
                        + " s | recovery, s |");
        text.add("|---|---|---|---|---|---|---|---|---|");
        rows.forEach((growth, row) -> text.add(line(growth, row)));
        text.add("");
        text.add("| must reach | | measured | |");
        text.add("|---|---|---|---|");
        bars(rows).forEach(bar -> text.add(bar.toRow()));
        return text.toString();
    }

    private static String line(GrowthCase growth, LoadRow row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                growth.axis(),
                growth.value(),
                Bar.number(row.eventsPerSecond() / THOUSAND),
                Bar.number(row.cpuSecondsPerMillion()),
                cell(row, StateFigures.USERS, 1),
                cell(row, StateFigures.BYTES_PER_USER, 1),
                cell(row, StateFigures.CHECKPOINT_BYTES, MEGA),
                cell(row, StateFigures.CHECKPOINT_P99, 1),
                cell(row, StateFigures.RECOVERY, 1));
    }

    private static String cell(LoadRow row, String figure, double unit) {
        Double value = row.figures().get(figure);
        return value == null ? "" : Bar.number(value / unit);
    }

    static List<Bar> bars(Map<GrowthCase, LoadRow> rows) {
        return List.of(
                new Bar(
                        "throughput at 5M users / at 100k",
                        rate(rows, "users=5000000") / rate(rows, "users=100000"),
                        0.5,
                        true),
                new Bar(
                        "checkpoints at 1M users, p99, s",
                        figure(rows, "users=1000000", StateFigures.CHECKPOINT_P99),
                        2,
                        false),
                new Bar(
                        "state at the shop's features, bytes a user",
                        figure(rows, "features=8", StateFigures.BYTES_PER_USER),
                        400,
                        false));
    }

    private static double rate(Map<GrowthCase, LoadRow> rows, String name) {
        return rows.values().stream()
                .filter(row -> row.variant().equals(name))
                .mapToDouble(LoadRow::eventsPerSecond)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double figure(Map<GrowthCase, LoadRow> rows, String name, String figure) {
        return rows.values().stream()
                .filter(row -> row.variant().equals(name))
                .mapToDouble(row -> row.figures().getOrDefault(figure, Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }
}
