// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.Guards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The delays of planted moves under each of the compared guards as a Markdown table. */
final class DelayTable {
    private DelayTable() {}

    static String of(Recording movers) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| guards | moves | not told | median | p99 | greatest | beyond what is stated |");
        lines.add("|---|---|---|---|---|---|---|");
        for (Map.Entry<String, Guards> set : GuardSets.compared().entrySet()) {
            lines.add(line(set.getKey(), Delays.of(movers, set.getValue())));
        }
        return String.join("\n", lines);
    }

    private static String line(String name, Delays delays) {
        long beyond =
                delays.all().stream().filter(d -> d.delay() > d.stated() + PlaneUsers.HOUR).count();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %s | %s | %d |",
                name,
                delays.all().size() + delays.untold(),
                delays.untold(),
                hours(delays.quantile(0.5)),
                hours(delays.quantile(0.99)),
                hours(delays.quantile(1)),
                beyond);
    }

    private static String hours(long millis) {
        return String.format(Locale.ROOT, "%.1f h", (double) millis / PlaneUsers.HOUR);
    }
}
