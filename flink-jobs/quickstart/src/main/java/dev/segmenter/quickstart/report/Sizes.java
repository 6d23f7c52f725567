// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Users in each segment over time, counted backwards from the memberships at the end, so that they are
 * right as far back as changes were written, a backfill without changes before them or not.
 *
 * @param times ends of the buckets, epoch milliseconds, the begin of the first one before them
 * @param users by segment, one number a time
 */
record Sizes(List<Long> times, SortedMap<Integer, long[]> users) {

    /**
     * @param members users in each segment at the end
     * @param end event time that the run came to, epoch milliseconds
     */
    static Sizes of(MoveCounts moves, Map<Integer, Long> members, long end) {
        if (moves.isEmpty()) {
            return new Sizes(List.of(), new TreeMap<>());
        }
        List<Long> times = times(moves, end);
        SortedMap<Integer, long[]> users = new TreeMap<>();
        members.forEach((id, n) -> series(users, id, times.size())[times.size() - 1] += n);
        long width = moves.width().toMillis();
        moves.buckets()
                .forEach(
                        (begin, counts) -> {
                            int bucket = (int) ((begin - times.get(0)) / width) + 1;
                            counts.forEach((move, n) -> put(users, move, bucket, n, times.size()));
                        });
        users.values().forEach(Sizes::accumulate);
        return new Sizes(times, users);
    }

    /** Users of a segment this long before the end, or at the first time there is. */
    long usersBefore(int segmentId, Duration before) {
        long[] series = users.get(segmentId);
        if (series == null) {
            return 0;
        }
        long asked = times.get(times.size() - 1) - before.toMillis();
        int i = times.size() - 1;
        while (i > 0 && times.get(i) > asked) {
            i--;
        }
        return series[i];
    }

    private static List<Long> times(MoveCounts moves, long end) {
        long width = moves.width().toMillis();
        long first = moves.buckets().firstKey();
        long last = moves.buckets().lastKey();
        List<Long> times = new ArrayList<>();
        for (long time = first; time <= last; time += width) {
            times.add(time);
        }
        times.add(Math.max(last + 1, Math.min(last + width, end)));
        return times;
    }

    /** Notes what a bucket took away, seen from its end: entry i - 1 = entry i - (in - out). */
    private static void put(
            SortedMap<Integer, long[]> users, Move move, int bucket, long count, int times) {
        if (move.to() != Move.NOWHERE) {
            series(users, move.to(), times)[bucket - 1] -= count;
        }
        if (move.from() != Move.NOWHERE) {
            series(users, move.from(), times)[bucket - 1] += count;
        }
    }

    private static long[] series(SortedMap<Integer, long[]> users, int id, int times) {
        return users.computeIfAbsent(id, i -> new long[times]);
    }

    private static void accumulate(long[] series) {
        for (int i = series.length - 2; i >= 0; i--) {
            series[i] += series[i + 1];
        }
    }
}
