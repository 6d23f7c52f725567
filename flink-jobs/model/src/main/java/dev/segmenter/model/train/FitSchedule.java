// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to fit from nothing. The first fit is due when the warm-up has passed since the first vote;
 * while the largest window still fills (warming), refits follow at ages of 2, 4, 8 ... vote intervals.
 */
final class FitSchedule {
    private static final long FIRST_REFIT_AGE = 2;

    private final long warmUp;
    private final long voteInterval;
    private final long largestWindow;
    private long observedSince = VoteBuffer.NONE;
    private long nextRefitAge = FIRST_REFIT_AGE;
    private boolean refits = true;

    FitSchedule(TrainerOptions options, long largestWindow) {
        this.warmUp = options.warmUp().toMillis();
        this.voteInterval = options.voteInterval().toMillis();
        this.largestWindow = largestWindow;
    }

    /** Time of the first vote, or {@link VoteBuffer#NONE}. */
    long observedSince() {
        return observedSince;
    }

    /** Notes the time of a batch's earliest vote; the first batch counts. */
    void observe(long time) {
        if (observedSince == VoteBuffer.NONE) {
            observedSince = time;
        }
    }

    /** From when on a first model may be fitted; Long.MAX_VALUE before the first vote. */
    long firstFit() {
        return observedSince == VoteBuffer.NONE ? Long.MAX_VALUE : observedSince + warmUp;
    }

    /** Whether the largest clustered window is not full yet. */
    boolean warming(long now) {
        return observedSince == VoteBuffer.NONE || now - observedSince < largestWindow;
    }

    /** Of a snapshot made now; before the first vote it observes from now on. */
    SnapshotFactory.Moments moments(long now, long effectiveFrom) {
        long since = observedSince == VoteBuffer.NONE ? now : observedSince;
        return new SnapshotFactory.Moments(now, effectiveFrom, since, warming(now));
    }

    /** Whether a refit is still to come, so that votes are collected for it. */
    boolean collects(long now) {
        return refits && warming(now);
    }

    boolean refitDue(long now) {
        return collects(now) && now - observedSince >= nextRefitAge * voteInterval;
    }

    /** Notes a fit: the next one is due at the next doubling. */
    void fitted(long now) {
        while (nextRefitAge * voteInterval <= now - observedSince) {
            nextRefitAge *= 2;
        }
    }

    /** A given model is followed, never refitted. */
    void stopRefits() {
        refits = false;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(observedSince);
        out.writeLong(nextRefitAge);
        out.writeBoolean(refits);
    }

    void read(DataInput in) throws IOException {
        observedSince = in.readLong();
        nextRefitAge = in.readLong();
        refits = in.readBoolean();
    }
}
