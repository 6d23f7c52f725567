// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.event;

/**
 * A user's say in training, once per interval.
 *
 * @param erasure true: forget the votes of this user up to time; the rest is then 0 or empty
 * @param userHash of the user id
 * @param time event time, ms
 * @param interval number of the vote interval
 * @param priority hash of user and interval: the order within a batch, and what thinning goes by
 * @param fingerprint of the feature set behind the values
 * @param values every declared feature in its own unit (n entries)
 */
public record Vote(
        boolean erasure,
        long userHash,
        long time,
        long interval,
        long priority,
        long fingerprint,
        double[] values) {

    private static final double[] NONE = {};

    /** Forgets the votes of a user up to an event time, ms. */
    public static Vote erasure(long userHash, long time) {
        return new Vote(true, userHash, time, 0, 0, 0, NONE);
    }
}
