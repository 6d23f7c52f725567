// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

/**
 * Shares of records, 0 to 1, that arrive other than they should.
 *
 * @param late reported more than a day after they happened
 * @param duplicate sent twice within minutes
 * @param invalid an event that breaks a rule, for example without a user
 * @param undecodable bytes that are no event
 */
public record Disturbances(double late, double duplicate, double invalid, double undecodable) {
    /** A stream as clean as it gets. */
    public static final Disturbances NONE = new Disturbances(0, 0, 0, 0);

    /** What a well-kept shop would see. */
    public static final Disturbances USUAL = new Disturbances(0.002, 0.005, 0.001, 0.001);

    public Disturbances {
        requireShare("late", late);
        requireShare("duplicates", duplicate);
        requireShare("invalid", invalid);
        requireShare("undecodable", undecodable);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    name + ": '" + share + "' is no share; use a number from 0 to 1");
        }
    }
}
