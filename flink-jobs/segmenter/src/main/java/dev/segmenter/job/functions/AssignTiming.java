// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.io.Serializable;

/**
 * When an update meets a model.
 *
 * @param isExact whether updates wait for every model effective at their time
 * @param activationDelay from a batch boundary to the effect of its snapshot, ms
 * @param retention how far behind the clock an update can be, ms: versions are kept for it
 * @param replayEnd event time at which a replay ends, ms; null when live
 */
public record AssignTiming(boolean isExact, long activationDelay, long retention, Long replayEnd)
        implements Serializable {

    /** The clock at which every model effective at a time is known, ms. */
    public long decidableAt(long time) {
        return time - activationDelay;
    }

    /** Whether an update of this time must wait while the clock is what it is. */
    public boolean mustWait(long time, long clock) {
        return isExact && clock < decidableAt(time);
    }
}
