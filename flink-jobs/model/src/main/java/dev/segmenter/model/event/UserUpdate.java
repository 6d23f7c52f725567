// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.event;

/**
 * What roll tells assign about a user, in order.
 *
 * @param incarnation start of this life, event time, ms
 * @param time moment at which the values hold, event time, ms; never decreases within an incarnation
 * @param fingerprint of the feature set behind the values
 * @param flagged true while the user acts over the quota
 * @param values every declared feature in its own unit (n entries); empty unless kind is VECTOR
 */
public record UserUpdate(
        Kind kind,
        String userId,
        long incarnation,
        long time,
        long fingerprint,
        boolean flagged,
        double[] values) {

    /** What happened. */
    public enum Kind {
        /** New values, or the same ones at a vote so that a new model reaches the silent. */
        VECTOR,
        /** The user was silent for too long and has left. */
        EXPIRY,
        /** The user asked to be forgotten. */
        ERASURE
    }

    /** New values (n), which are not copied. */
    public static UserUpdate vector(
            String userId,
            long incarnation,
            long time,
            long fingerprint,
            boolean flagged,
            double[] values) {
        return new UserUpdate(Kind.VECTOR, userId, incarnation, time, fingerprint, flagged, values);
    }

    /** The same with values of its own, if these are lent. */
    public UserUpdate copy() {
        return new UserUpdate(
                kind, userId, incarnation, time, fingerprint, flagged, values.clone());
    }
}
