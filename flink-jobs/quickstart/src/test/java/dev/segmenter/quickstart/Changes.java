// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.List;

/** Output records for tests. */
public final class Changes {
    public static final Instant TIME = Instant.parse("2024-05-01T12:00:00Z");

    private Changes() {}

    public static SegmentChange change(Cause cause, String before, String now) {
        return SegmentChange.newBuilder()
                .setChangeId("c")
                .setUserId("ann")
                .setIncarnation(TIME)
                .setSequence(1)
                .setEventTime(TIME)
                .setPreviousSegmentLabel(before)
                .setSegmentLabel(now)
                .setCause(cause)
                .build();
    }

    public static SegmentChange because(
            SegmentChange change, String feature, double was, double is) {
        Contribution top = new Contribution(feature, was, is, 2.0);
        return SegmentChange.newBuilder(change).setContributions(List.of(top)).build();
    }

    public static SegmentMembership membership(String user, int segment, Instant updated) {
        return SegmentMembership.newBuilder()
                .setUserId(user)
                .setIncarnation(TIME)
                .setSequence(1)
                .setSegmentId(segment)
                .setSegmentLabel("segment " + segment)
                .setSince(TIME)
                .setModelVersion(1)
                .setDistanceSquared(0.5)
                .setCoverage(1)
                .setFlagged(false)
                .setUpdatedAt(updated)
                .build();
    }
}
