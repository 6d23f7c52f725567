// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.util.List;
import java.util.stream.Collectors;

/** A segment change in words: from where to where, the cause, and the features that decided. */
public final class ChangeStory {
    private ChangeStory() {}

    /** For example: from rare buyers to frequent buyers: the user changed, purchases in 90 days rose from 0 to 3. */
    public static String of(SegmentChange change, FeatureSet features, int mostFeatures) {
        return move(change) + ": " + reason(change, features, mostFeatures);
    }

    /** For example: from rare buyers to frequent buyers. */
    public static String move(SegmentChange change) {
        String before = change.getPreviousSegmentLabel();
        String now = change.getSegmentLabel();
        if (before == null) {
            return now == null ? "in no segment" : "joins " + now;
        }
        return now == null ? "leaves " + before : "from " + before + " to " + now;
    }

    /**
     * The cause, then the features that speak for the move, strongest first, with the values at the entry
     * into the previous segment and now.
     */
    public static String reason(SegmentChange change, FeatureSet features, int mostFeatures) {
        return switch (change.getCause()) {
            case FIRST -> "first segment";
            case EXPIRY -> "silent for too long";
            case ERASURE -> "forgotten on request";
            case BEHAVIOUR -> joined("the user changed", change, features, mostFeatures);
            case MODEL -> joined("the segments moved", change, features, mostFeatures);
        };
    }

    private static String joined(
            String cause, SegmentChange change, FeatureSet features, int mostFeatures) {
        FeatureWords words = new FeatureWords(features);
        List<Contribution> decisive =
                change.getContributions().stream()
                        .filter(c -> c.getContribution() > 0)
                        .limit(mostFeatures)
                        .toList();
        return decisive.isEmpty()
                ? cause
                : cause
                        + ", "
                        + decisive.stream()
                                .map(c -> movement(c, features, words))
                                .collect(Collectors.joining(", "));
    }

    private static String movement(
            Contribution contribution, FeatureSet features, FeatureWords words) {
        FeatureSpec feature = features.features().get(features.indexOf(contribution.getFeature()));
        return words.movement(feature, contribution.getPreviousValue(), contribution.getValue());
    }
}
