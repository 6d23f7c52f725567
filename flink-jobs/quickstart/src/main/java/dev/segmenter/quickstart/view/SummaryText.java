// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import dev.segmenter.quickstart.output.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary as lines for people. */
public final class SummaryText {
    /** Under the label. */
    private static final String WORDS_INDENT = " ".repeat(27);

    private SummaryText() {}

    public static List<String> of(Summary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Summary");
        lines.add(
                format(
                        "  %,d events read in %.1f s (%,.0f/s)",
                        summary.eventsRead(), summary.wallSeconds(), summary.eventsPerSecond()));
        lines.add(
                format(
                        "  %,d processed, %,d duplicates, %,d late, %,d invalid, %,d over quota",
                        summary.processed(),
                        summary.duplicates(),
                        summary.late(),
                        summary.invalid(),
                        summary.overQuota()));
        if (summary.unaccounted() != 0) {
            lines.add(
                    format(
                            "  %,d events were read and neither processed nor refused (still on their"
                                    + " way when the job ended, or counted twice after a failure)",
                            summary.unaccounted()));
        }
        lines.add(
                format(
                        "  %,d votes, %,d model versions, changes: %s",
                        summary.votes(), summary.modelVersions(), changes(summary)));
        lines.add(
                format(
                        "  %,d users in segments at the end, %,d seen",
                        summary.users(), summary.usersSeen()));
        for (Segment segment : summary.segments()) {
            lines.add(segment(segment, summary.users()));
            if (!segment.words().isEmpty()) {
                lines.add(WORDS_INDENT + String.join("; ", segment.words()));
            }
        }
        return lines;
    }

    private static String changes(Summary summary) {
        return summary.changesByCause().entrySet().stream()
                .map(e -> format("%s %,d", e.getKey().toLowerCase(Locale.ROOT), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String segment(Segment segment, long users) {
        double share = users == 0 ? 0 : (double) segment.users() / users;
        return format(
                "  %4d  %,8d  %7s  %s",
                segment.id(), segment.users(), TerminalView.percent(share), segment.label());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
