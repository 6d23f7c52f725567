// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.feature.FeatureSet;
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
 * @param lastDifference the newest one between two versions that is notable, null for none
 * @param eventTime how far event time has come, null if unknown
 * @param changes the last ones, newest first
 * @param features give the changes their units and words
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
        ModelDifference lastDifference,
        Instant eventTime,
        List<SegmentRow> segments,
        List<SegmentChange> changes,
        FeatureSet features) {

    public ViewState {
        segments = List.copyOf(segments);
        changes = List.copyOf(changes);
    }

    /** What was read and not counted. */
    public record Refusals(long duplicates, long late, long invalid, long overQuota) {}
}
