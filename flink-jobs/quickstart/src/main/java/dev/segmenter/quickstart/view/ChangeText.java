// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.util.List;
import java.util.Locale;

/** Says a segment change and its reason in words. */
public final class ChangeText {
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

    /** For example: the user changed, spend_90d rose from 0 to 45. */
    public static String reason(SegmentChange change) {
        return switch (change.getCause()) {
            case FIRST -> "first segment";
            case EXPIRY -> "silent for too long";
            case ERASURE -> "forgotten on request";
            case MODEL -> "the segments moved" + topContribution(change, ", by ");
            case BEHAVIOUR -> "the user changed" + topContribution(change, ", ");
        };
    }

    private static String topContribution(SegmentChange change, String prefix) {
        List<Contribution> contributions = change.getContributions();
        if (contributions.isEmpty()) {
            return "";
        }
        Contribution top = contributions.get(0);
        double before = top.getPreviousValue();
        double now = top.getValue();
        if (number(before).equals(number(now))) {
            return prefix + top.getFeature() + " = " + number(now);
        }
        String verb = now > before ? " rose from " : " fell from ";
        return prefix + top.getFeature() + verb + number(before) + " to " + number(now);
    }

    /** Whole numbers without a fraction, others with two digits. */
    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
