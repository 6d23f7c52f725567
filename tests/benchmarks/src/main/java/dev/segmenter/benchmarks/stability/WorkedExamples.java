// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.Contribution;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Three of the real cycles within seven days, evenly picked from the log, with what moved. */
final class WorkedExamples {
    private static final int EXAMPLES = 3;
    private static final int FEATURES = 2;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Cycles cycles;
    private final List<Return> real;

    WorkedExamples(Recording recording, Guards guards) {
        cycles = new Cycles(recording);
        real =
                GuardTrial.run(recording, guards).returnsWithin(Duration.ofDays(7)).stream()
                        .filter(cycles::isReal)
                        .toList();
    }

    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        int examples = Math.min(EXAMPLES, real.size());
        for (int i = 0; i < examples; i++) {
            Return cycle = real.get((2 * i + 1) * real.size() / (2 * examples));
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%d. There: %s  \n   Back: %s",
                            i + 1,
                            words(cycle.there()),
                            words(cycle.back())));
        }
        return String.join("\n", lines);
    }

    private String words(Move move) {
        List<String> features = new ArrayList<>();
        move.change().getContributions().stream()
                .limit(FEATURES)
                .forEach(c -> features.add(words(c)));
        return String.format(
                Locale.ROOT,
                "%s, \"%s\" to \"%s\", margin %.2f, %.1f sigma along the line: %s",
                MINUTES.format(Instant.ofEpochMilli(move.time())),
                move.change().getPreviousSegmentLabel(),
                move.change().getSegmentLabel(),
                move.change().getMargin(),
                cycles.progress(move),
                String.join(", ", features));
    }

    private static String words(Contribution c) {
        return String.format(
                Locale.ROOT, "%s %.4g to %.4g", c.getFeature(), c.getPreviousValue(), c.getValue());
    }
}
