// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.Optional;

/**
 * A user's step from one segment to another: a change with both, caused by the user or the model.
 *
 * @param life incarnation, event time, ms
 * @param time at which it holds, event time, ms
 * @param change the whole record
 */
record Move(
        String user, long life, long time, int from, int to, Cause cause, SegmentChange change) {

    /** Empty for the first segment of a life and for an exit. */
    static Optional<Move> of(SegmentChange change) {
        if (change.getPreviousSegmentId() == null || change.getSegmentId() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Move(
                        change.getUserId(),
                        change.getIncarnation().toEpochMilli(),
                        change.getEventTime().toEpochMilli(),
                        change.getPreviousSegmentId(),
                        change.getSegmentId(),
                        change.getCause(),
                        change));
    }
}
