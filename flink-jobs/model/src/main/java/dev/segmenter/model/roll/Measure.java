// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/**
 * What a {@link FeaturePlan} has worked out of a user's aggregates at the user's clock and keeps up to
 * date event by event. Not stored: a state that was just read is measured once.
 */
final class Measure {
    /** Whose it is; another plan measures anew. */
    final FeaturePlan plan;

    long userHash;

    /** By feature: the value, for a recency the time counted from, for a ratio 0. */
    final double[] values;

    /** By length of panes: the pane of the clock. */
    final int[] now;

    /** By length of panes: how long after a pane's end this user sees it leave a window, ms. */
    final long[] lag;

    /** End of the first pane of any length after the clock: until then no window moves. */
    long paneEnd;

    /** The next moment at which an occupied pane has left a window in distances; Long.MAX_VALUE if none. */
    long leaving;

    /** The next vote, once worked out: right as long as it is after the clock. */
    long vote;

    Measure(FeaturePlan plan, int features, int lengths) {
        this.plan = plan;
        this.values = new double[features];
        this.now = new int[lengths];
        this.lag = new long[lengths];
    }

    /** Nothing of this user is worked out yet. */
    void begin(long newUserHash) {
        userHash = newUserHash;
        vote = Long.MIN_VALUE;
    }
}
