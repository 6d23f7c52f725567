// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.model.explain.ChangeStory;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.SegmentChange;

/** Says a segment change and its reason in words. */
public final class ChangeText {
    private static final int FEATURES_TOLD = 2;

    private ChangeText() {}

    /** For example: user-7: Browsers -> Buyers. */
    public static String move(SegmentChange change) {
        String before = change.getPreviousSegmentLabel();
        String now = change.getSegmentLabel();
        if (before == null) {
            return change.getUserId() + " joins " + now;
        }
        return change.getUserId()
                + (now == null ? " leaves " + before : ": " + before + " -> " + now);
    }

    /** For example: the user changed, spend in 90 days rose from 0 to 45. */
    public static String reason(SegmentChange change, FeatureSet features) {
        return ChangeStory.reason(change, features, FEATURES_TOLD);
    }
}
