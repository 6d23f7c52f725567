// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return Stream.concat(
                        Stream.of(cause),
                        change.getContributions().stream()
                                .filter(c -> c.getContribution() > 0)
                                .limit(mostFeatures)
                                .map(c -> movement(c, words)))
                .collect(Collectors.joining(", "));
    }

    private static String movement(Contribution contribution, FeatureWords words) {
        return words.movement(
                contribution.getFeature(),
                contribution.getPreviousValue(),
                contribution.getValue());
    }
}
