// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.Comparator;

/**
 * A kind of change: from where, to where and why.
 *
 * @param from segment left, {@link #NOWHERE} if the user was in none
 * @param to segment entered, {@link #NOWHERE} if the user is in none now
 */
record Move(int from, int to, Cause cause) implements Comparable<Move> {
    /** Stands for no segment; ids of segments are positive. */
    static final int NOWHERE = 0;

    private static final Comparator<Move> ORDER =
            Comparator.comparingInt(Move::from)
                    .thenComparingInt(Move::to)
                    .thenComparing(Move::cause);

    static Move of(SegmentChange change) {
        return new Move(
                orNowhere(change.getPreviousSegmentId()),
                orNowhere(change.getSegmentId()),
                change.getCause());
    }

    /** Whether it leads from one segment to another. */
    boolean isBetweenSegments() {
        return from != NOWHERE && to != NOWHERE;
    }

    @Override
    public int compareTo(Move other) {
        return ORDER.compare(this, other);
    }

    private static int orNowhere(Integer segmentId) {
        return segmentId == null ? NOWHERE : segmentId;
    }
}
