// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;

/** Which votes can take part: those of the feature set whose values and transforms are finite. */
final class VoteCheck {
    private final FeatureSet features;
    private final double[] scratch;

    VoteCheck(FeatureSet features) {
        this.features = features;
        this.scratch = new double[features.dimension()];
    }

    boolean canTakePart(Vote vote) {
        if (vote.fingerprint() != features.fingerprint()
                || vote.values().length != features.size()
                || !isFinite(vote.values())) {
            return false;
        }
        features.toVector(vote.values(), scratch);
        return isFinite(scratch);
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
