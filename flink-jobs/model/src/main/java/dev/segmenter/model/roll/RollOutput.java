// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;

/**
 * Where a {@link FeatureRoller} reports to. Each event calls exactly one of {@link #counted()},
 * {@link #duplicate()} and {@link #refused()}.
 */
public interface RollOutput {

    /** The user's values in distances changed, or were asked for by a vote, or the user left. */
    void update(UserUpdate update);

    /**
     * The values (n) of an update of kind VECTOR, lent: the array is the roller's, which fills it anew with
     * the next one. Whoever keeps nothing of it beyond this call may take it here; {@link #update} is
     * given a copy.
     */
    default void values(
            String userId,
            long incarnation,
            long time,
            long fingerprint,
            boolean flagged,
            double[] lent) {
        update(UserUpdate.vector(userId, incarnation, time, fingerprint, flagged, lent.clone()));
    }

    /** The user's say in training, with the values of the update before it. */
    void vote(Vote vote);

    /** The event repeats an event id and does not count. */
    void duplicate();

    /** The event counts. */
    void counted();

    /** The event is over the quota and does not count; {@link #overQuota} sums these up later. */
    default void refused() {}

    /** All events of one finished minute that were over the quota, once per user and minute. */
    void overQuota(String userId, long minuteStart, long count);
}
