// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.quickstart.report.ReportData.SegmentCard;
import dev.segmenter.schemas.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What stands out in a run, a sentence each. */
final class Findings {
    private final List<SegmentCard> segments;
    private final SortedMap<Move, Long> moves;

    private Findings(List<SegmentCard> segments, SortedMap<Move, Long> moves) {
        this.segments = segments;
        this.moves = moves;
    }

    /** Of the segments and of the moves of the whole run. */
    static List<String> of(List<SegmentCard> segments, SortedMap<Move, Long> moves) {
        Findings findings = new Findings(segments, moves);
        List<String> sentences = new ArrayList<>();
        findings.largest().ifPresent(sentences::add);
        findings.grown().ifPresent(sentences::add);
        findings.causes().ifPresent(sentences::add);
        findings.busiestWay().ifPresent(sentences::add);
        findings.exits().ifPresent(sentences::add);
        return sentences;
    }

    private Optional<String> largest() {
        long users = segments.stream().mapToLong(SegmentCard::users).sum();
        return segments.stream()
                .filter(s -> s.users() > 0)
                .max(Comparator.comparingLong(SegmentCard::users))
                .map(
                        s ->
                                format(
                                        "The largest segment is \u201c%s\u201d with %,d of %,d users (%s).",
                                        s.label(), s.users(), users, percent(s.users(), users)));
    }

    private Optional<String> grown() {
        return segments.stream()
                .filter(s -> s.alive() && s.users() != s.before())
                .max(Comparator.comparingLong(s -> Math.abs(s.users() - s.before())))
                .map(
                        s ->
                                format(
                                        "\u201c%s\u201d %s most lately: from %,d to %,d users in %,d %s.",
                                        s.label(),
                                        s.users() > s.before() ? "grew" : "shrank",
                                        s.before(),
                                        s.users(),
                                        s.trendDays(),
                                        s.trendDays() == 1 ? "day" : "days"));
    }

    private Optional<String> causes() {
        long byUsers = count(m -> m.isBetweenSegments() && m.cause() == Cause.BEHAVIOUR);
        long byModel = count(m -> m.isBetweenSegments() && m.cause() == Cause.MODEL);
        long all = byUsers + byModel;
        return all == 0
                ? Optional.empty()
                : Optional.of(
                        format(
                                "Of %,d moves between segments %,d (%s) happened because the users"
                                        + " behaved differently, %,d because the model learned.",
                                all, byUsers, percent(byUsers, all), byModel));
    }

    private Optional<String> busiestWay() {
        Map<List<Integer>, Long> ways = new TreeMap<>(Comparator.comparing(List::toString));
        moves.forEach(
                (move, count) -> {
                    if (move.isBetweenSegments()) {
                        ways.merge(List.of(move.from(), move.to()), count, Long::sum);
                    }
                });
        return ways.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(
                        way ->
                                format(
                                        "The busiest way leads from \u201c%s\u201d to \u201c%s\u201d, taken %,d times;"
                                                + " the way back %,d times.",
                                        label(way.getKey().get(0)),
                                        label(way.getKey().get(1)),
                                        way.getValue(),
                                        ways.getOrDefault(
                                                List.of(way.getKey().get(1), way.getKey().get(0)),
                                                0L)));
    }

    private Optional<String> exits() {
        long expired = count(m -> m.cause() == Cause.EXPIRY);
        Optional<SegmentCard> from =
                segments.stream()
                        .max(Comparator.comparingLong(s -> exitsFrom(s.id())))
                        .filter(s -> expired > 0);
        return from.map(
                s ->
                        format(
                                "%,d times a user left after long silence, most often from \u201c%s\u201d"
                                        + " (%s).",
                                expired, s.label(), percent(exitsFrom(s.id()), expired)));
    }

    private long exitsFrom(int segmentId) {
        return count(m -> m.cause() == Cause.EXPIRY && m.from() == segmentId);
    }

    private long count(Predicate<Move> which) {
        return moves.entrySet().stream()
                .filter(e -> which.test(e.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private String label(int segmentId) {
        return segments.stream()
                .filter(s -> s.id() == segmentId)
                .map(SegmentCard::label)
                .findFirst()
                .orElse("segment " + segmentId);
    }

    private static String percent(long part, long whole) {
        return format("%.1f %%", 100.0 * part / whole);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
