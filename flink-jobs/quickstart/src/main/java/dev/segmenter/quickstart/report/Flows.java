// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.quickstart.report.ReportData.Flow;
import dev.segmenter.quickstart.report.ReportData.FlowPeriod;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who went where: moves of the whole run, and of each piece of the calendar in it. */
final class Flows {
    private static final String WHOLE = "whole period";

    private Flows() {}

    /** The whole run first, then its pieces in order, if there are at least two. */
    static List<FlowPeriod> of(MoveCounts moves) {
        List<FlowPeriod> periods = new ArrayList<>();
        periods.add(new FlowPeriod(WHOLE, flows(moves.total())));
        if (moves.isEmpty()) {
            return periods;
        }
        Calendar calendar = Calendar.of(span(moves));
        SortedMap<LocalDate, SortedMap<Move, Long>> pieces = new TreeMap<>();
        moves.buckets()
                .forEach(
                        (begin, counts) ->
                                MoveCounts.merge(
                                        counts,
                                        pieces.computeIfAbsent(
                                                calendar.begin(begin), b -> new TreeMap<>())));
        if (pieces.size() > 1) {
            pieces.forEach(
                    (begin, counts) ->
                            periods.add(new FlowPeriod(calendar.name(begin), flows(counts))));
        }
        return periods;
    }

    /** From the first bucket's begin to the last one's end. */
    static Duration span(MoveCounts moves) {
        if (moves.isEmpty()) {
            return Duration.ZERO;
        }
        long first = moves.buckets().firstKey();
        return Duration.ofMillis(moves.buckets().lastKey() - first).plus(moves.width());
    }

    private static List<Flow> flows(SortedMap<Move, Long> counts) {
        return counts.entrySet().stream().map(e -> Flow.of(e.getKey(), e.getValue())).toList();
    }
}
