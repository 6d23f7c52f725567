// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One data set's rows as a Markdown table. */
final class StabilityTable {
    private final List<Row> rows;

    StabilityTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** A line a row; nothing that depends on the machine. */
    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| guards | margin | stay | confirmation | user-days | changes a user and day |"
                        + " by the user | by the model | A-B-A in 1 d | 3 d | 7 d | within the stay |"
                        + " real of 7 d | misplaced | excess |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines);
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %d h | %d h | %.0f | %.4f | %.4f | %.4f | %d | %d | %d | %d | %d |"
                        + " %.1f %% | %.1f %% |",
                row.name(),
                row.margin(),
                row.stayHours(),
                row.confirmationHours(),
                row.userDays(),
                row.changes(),
                row.behaviour(),
                row.model(),
                row.within1d(),
                row.within3d(),
                row.within7d(),
                row.withinStay(),
                row.real(),
                100 * row.misplaced(),
                100 * row.excess());
    }
}
