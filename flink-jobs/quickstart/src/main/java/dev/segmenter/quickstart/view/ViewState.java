// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything that the screen shows at one moment.
 *
 * @param progress share of a replay's records read, 0 to 1; null for a stream without end
 * @param users in a segment
 * @param modelVersion 0 while there is none
 * @param warming whether the largest window has not been seen whole
 * @param eventTime how far event time has come, null if unknown
 * @param changes the last ones, newest first
 */
public record ViewState(
        Duration elapsed,
        Double progress,
        long eventsRead,
        double eventsPerSecond,
        Refusals refusals,
        long users,
        long modelVersion,
        boolean warming,
        Instant eventTime,
        List<SegmentRow> segments,
        List<SegmentChange> changes) {

    public ViewState {
        segments = List.copyOf(segments);
        changes = List.copyOf(changes);
    }

    /** What was read and not counted. */
    public record Refusals(long duplicates, long late, long invalid, long overQuota) {}
}
