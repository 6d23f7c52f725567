// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.quickstart.view.ViewState.Refusals;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders the state as text: a frame of lines for a terminal, one line for a log. Pure functions. */
public final class TerminalView {
    private static final int BAR_WIDTH = 24;
    private static final int LABEL_WIDTH = 44;
    private static final int LINES_FOR_CHANGES = 6;
    private static final String INDENT = "        ";
    private static final String PART_SEPARATOR = "; ";
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private TerminalView() {}

    /** At most {@code height} lines of at most {@code width} characters. */
    public static List<String> frame(ViewState state, int width, int height) {
        List<String> lines = new ArrayList<>();
        lines.add(counts(state));
        lines.add(members(state));
        if (state.lastDifference() != null) {
            lines.add("  " + difference(state.lastDifference(), width - 2));
        }
        if (state.progress() != null) {
            lines.add("  replay  " + progressBar(state.progress()));
        }
        lines.add("");
        if (state.segments().isEmpty()) {
            lines.add("  No segments yet: the first model needs a day of votes (event time).");
        } else {
            lines.add(segmentHeader());
            boolean withWords = wordsFit(state, lines.size(), height);
            for (SegmentRow row : state.segments()) {
                lines.add(segment(row));
                if (withWords && !row.words().isEmpty()) {
                    lines.add(INDENT + fitting(row.words(), width - INDENT.length()));
                }
            }
        }
        lines.add("");
        lines.add("  Last changes");
        for (SegmentChange change : state.changes()) {
            lines.add("    " + time(change.getEventTime()) + "  " + ChangeText.move(change));
            lines.add("                      " + ChangeText.reason(change, state.features()));
        }
        return lines.stream().limit(height).map(line -> cut(line, width)).toList();
    }

    /** Whether every segment can have a second line and leave some for the changes. */
    private static boolean wordsFit(ViewState state, int before, int height) {
        return before + 2 * state.segments().size() + LINES_FOR_CHANGES <= height;
    }

    /** As many of the parts, in order, as fit into a width; the first one in any case. */
    private static String fitting(List<String> parts, int width) {
        StringBuilder text = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (text.length() + PART_SEPARATOR.length() + part.length() <= width) {
                text.append(PART_SEPARATOR).append(part);
            }
        }
        return text.toString();
    }

    /** One line with the figures and every segment. */
    public static String line(ViewState state) {
        String segments =
                state.segments().stream()
                        .map(
                                row ->
                                        format(
                                                "#%d %s %,d (%s, %s)",
                                                row.id(),
                                                row.label(),
                                                row.users(),
                                                percent(row.share()),
                                                signed(row.trend())))
                        .collect(Collectors.joining("; "));
        return format(
                "[%4d s] %s%,d events (%,.0f/s) | %,d users | %s | %s",
                state.elapsed().toSeconds(),
                state.progress() == null ? "" : percent(state.progress()) + " ",
                state.eventsRead(),
                state.eventsPerSecond(),
                state.users(),
                version(state),
                segments.isEmpty() ? "no segments yet" : segments);
    }

    /** Which version of the model changed what, as much as fits into a width. */
    public static String difference(ModelDifference difference, int width) {
        String version = "model " + difference.toVersion() + ": ";
        return version + fitting(difference.statements(), width - version.length());
    }

    /** The moment, the user, the move and its reason. */
    public static String change(SegmentChange change, FeatureSet features) {
        return time(change.getEventTime())
                + "  "
                + ChangeText.move(change)
                + " ("
                + ChangeText.reason(change, features)
                + ")";
    }

    /** For example [######......] 50.0 %. */
    public static String progressBar(double share) {
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH);
        return "["
                + "#".repeat(full)
                + ".".repeat(BAR_WIDTH - full)
                + "] "
                + percent(Math.min(1, share));
    }

    /** For example 3.5 %. */
    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    private static String counts(ViewState state) {
        Refusals refusals = state.refusals();
        return format(
                "  %s  %,d events, %,.0f/s  (%,d duplicates, %,d late, %,d invalid, %,d over quota)",
                clock(state.elapsed()),
                state.eventsRead(),
                state.eventsPerSecond(),
                refusals.duplicates(),
                refusals.late(),
                refusals.invalid(),
                refusals.overQuota());
    }

    private static String members(ViewState state) {
        String eventTime =
                state.eventTime() == null ? "" : "  event time " + time(state.eventTime());
        return format("  %,d users in segments  %s%s", state.users(), version(state), eventTime);
    }

    private static String version(ViewState state) {
        if (state.modelVersion() == 0) {
            return "no model yet";
        }
        return "model " + state.modelVersion() + (state.warming() ? " (warming)" : "");
    }

    private static String segmentHeader() {
        return format(
                "  %4s  %-" + LABEL_WIDTH + "s %8s %8s %7s",
                "id",
                "segment",
                "users",
                "share",
                "trend");
    }

    private static String segment(SegmentRow row) {
        return format(
                "  %4d  %-" + LABEL_WIDTH + "s %,8d %8s %7s  %s",
                row.id(),
                cut(row.label(), LABEL_WIDTH),
                row.users(),
                percent(row.share()),
                signed(row.trend()),
                "#".repeat((int) Math.round(row.share() * BAR_WIDTH)));
    }

    private static String signed(long trend) {
        return trend == 0 ? "=" : format("%+,d", trend);
    }

    private static String clock(Duration elapsed) {
        return format("%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    private static String time(Instant instant) {
        return DAY_AND_TIME.format(instant);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 3)) + "...";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
