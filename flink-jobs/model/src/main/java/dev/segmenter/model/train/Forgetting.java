// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

/**
 * How much a batch forgets: 2^-min(s, n / v) for a batch that spans s half-lives and has n votes, v the
 * votes that a half-life spans at least. So nothing is forgotten faster than time passes, nor faster than
 * votes replace it: the decayed number of votes never falls below v / ln 2 by forgetting.
 *
 * @param span of the batch, half-lives in force
 * @param leastVotes that a half-life spans
 */
record Forgetting(double span, double leastVotes) {
    /** Votes a segment that a half-life spans at least. */
    static final int VOTES_PER_SEGMENT = 350;

    /**
     * The same while an alarm lasts. Fewer votes make noisier centroids (144 decayed votes a segment
     * relabel 0.6 % a batch where clusters overlap as in s3, 505 relabel 0.1 %), which is less than what a
     * drift leaves in the wrong segment, and passes with the alarm.
     */
    static final int VOTES_PER_SEGMENT_IN_DRIFT = 100;

    static Forgetting usual(double span, int k) {
        return new Forgetting(span, (double) VOTES_PER_SEGMENT * k);
    }

    /** With the half-life divided by a number. */
    static Forgetting hastened(double span, double speedUp, int k) {
        return new Forgetting(span * speedUp, (double) VOTES_PER_SEGMENT_IN_DRIFT * k);
    }

    /** How often a batch of so many votes halves what was known. */
    double halvings(int votes) {
        return Math.min(span, votes / leastVotes);
    }

    double decay(int votes) {
        return StrictMath.pow(2, -halvings(votes));
    }
}
