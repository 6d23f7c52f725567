// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each move was made, in buckets of event time. The order of the additions does not matter.
 * Memory stays bounded however long a run is: buckets get wider before they get too many.
 */
final class MoveCounts {
    /** More points than this no chart of a page can show. */
    static final int MOST_BUCKETS = 800;

    /** Each a multiple of the one before, so that buckets can be merged. */
    private static final List<Duration> WIDTHS =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(7),
                    Duration.ofDays(28),
                    Duration.ofDays(364),
                    Duration.ofDays(36_400));

    private TreeMap<Long, SortedMap<Move, Long>> buckets = new TreeMap<>();
    private int width;

    void add(Instant time, Move move) {
        add(buckets, floor(time.toEpochMilli()), move, 1);
        while (spanned() > MOST_BUCKETS && width < WIDTHS.size() - 1) {
            widen();
        }
    }

    /** Width of the buckets; they begin at its multiples since 1970. */
    Duration width() {
        return WIDTHS.get(width);
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /** Counts by begin of their bucket (epoch milliseconds), oldest first; empty buckets are left out. */
    SortedMap<Long, SortedMap<Move, Long>> buckets() {
        return buckets;
    }

    /** Counts of all time. */
    SortedMap<Move, Long> total() {
        SortedMap<Move, Long> total = new TreeMap<>();
        buckets.values().forEach(counts -> merge(counts, total));
        return total;
    }

    /** Adds counts to others. */
    static void merge(Map<Move, Long> counts, Map<Move, Long> into) {
        counts.forEach((move, count) -> into.merge(move, count, Long::sum));
    }

    private long floor(long millis) {
        return Math.floorDiv(millis, width().toMillis()) * width().toMillis();
    }

    private long spanned() {
        return (buckets.lastKey() - buckets.firstKey()) / width().toMillis() + 1;
    }

    private void widen() {
        width++;
        TreeMap<Long, SortedMap<Move, Long>> wider = new TreeMap<>();
        buckets.forEach(
                (begin, counts) ->
                        counts.forEach((move, count) -> add(wider, floor(begin), move, count)));
        buckets = wider;
    }

    private static void add(
            SortedMap<Long, SortedMap<Move, Long>> buckets, long begin, Move move, long count) {
        buckets.computeIfAbsent(begin, b -> new TreeMap<>()).merge(move, count, Long::sum);
    }
}
