// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Short declarations of features for tests. */
final class Features {
    private Features() {}

    /** Every kind, over windows of 1 h, 24 h, 7 d and 90 d, with shared aggregates. */
    static FeatureSet everyKind() {
        return FeatureSet.of(
                List.of(
                        count("views_1h", Duration.ofHours(1), "view"),
                        count("views_24h", Duration.ofHours(24), "view"),
                        count("views_7d", Duration.ofDays(7), "view"),
                        count("all_90d", Duration.ofDays(90)),
                        sum("spend_24h", Duration.ofHours(24)),
                        sum("spend_7d", Duration.ofDays(7)),
                        sum("spend_90d", Duration.ofDays(90)),
                        distinct("items_24h", EventField.ITEM, Duration.ofHours(24)),
                        distinct("items_7d", EventField.ITEM, Duration.ofDays(7)),
                        distinct("items_90d", EventField.ITEM, Duration.ofDays(90)),
                        distinct("categories_90d", EventField.CATEGORY, Duration.ofDays(90)),
                        sessions("sessions_24h", Duration.ofHours(24)),
                        sessions("sessions_90d", Duration.ofDays(90)),
                        sessions("view_sessions_7d", Duration.ofDays(7), "view"),
                        recency("recency", false),
                        recency("purchase_recency", true, "purchase"),
                        ratio("views_share", "views_7d", "all_90d"),
                        ratio("days_a_session", "recency", "sessions_90d")));
    }

    /** Few clustered features; most windows are only reported, some of them operands of a clustered ratio. */
    static FeatureSet mostlyReported() {
        return FeatureSet.of(
                List.of(
                        reported("views_1h", Duration.ofHours(1), "view"),
                        reported("views_24h", Duration.ofHours(24), "view"),
                        count("views_7d", Duration.ofDays(7), "view"),
                        reported("views_30d", Duration.ofDays(30), "view"),
                        count("views_90d", Duration.ofDays(90), "view"),
                        reported("all_1h", Duration.ofHours(1)),
                        reported("all_24h", Duration.ofHours(24)),
                        reported("all_30d", Duration.ofDays(30)),
                        reported("purchases_24h", Duration.ofHours(24), "purchase"),
                        reported("purchases_7d", Duration.ofDays(7), "purchase"),
                        recency("recency", false),
                        recency("purchase_recency", false, "purchase"),
                        ratio("views_share", "views_1h", "views_30d"),
                        clusteredRatio("day_share", "all_24h", "all_30d"),
                        clusteredRatio("unbought_share", "purchase_recency", "views_7d")));
    }

    static FeatureSpec count(String name, Duration window, String... types) {
        return feature(name, FeatureKind.COUNT, null, window, true, types);
    }

    /** A count that takes no part in distances. */
    static FeatureSpec reported(String name, Duration window, String... types) {
        return feature(name, FeatureKind.COUNT, null, window, false, types);
    }

    static FeatureSpec sum(String name, Duration window, String... types) {
        return feature(name, FeatureKind.SUM, EventField.PRICE, window, true, types);
    }

    static FeatureSpec distinct(String name, EventField of, Duration window, String... types) {
        return feature(name, FeatureKind.DISTINCT, of, window, true, types);
    }

    static FeatureSpec sessions(String name, Duration window, String... types) {
        return feature(name, FeatureKind.SESSIONS, null, window, true, types);
    }

    static FeatureSpec recency(String name, boolean clustered, String... types) {
        return feature(name, FeatureKind.RECENCY, null, null, clustered, types);
    }

    static FeatureSpec ratio(String name, String numerator, String denominator) {
        return ratio(name, numerator, denominator, false);
    }

    static FeatureSpec clusteredRatio(String name, String numerator, String denominator) {
        return ratio(name, numerator, denominator, true);
    }

    private static FeatureSpec ratio(
            String name, String numerator, String denominator, boolean clustered) {
        return new FeatureSpec(
                name,
                FeatureKind.RATIO,
                Set.of(),
                null,
                null,
                numerator,
                denominator,
                null,
                clustered,
                null,
                null);
    }

    private static FeatureSpec feature(
            String name,
            FeatureKind kind,
            EventField field,
            Duration window,
            boolean clustered,
            String... types) {
        return new FeatureSpec(
                name, kind, Set.of(types), field, window, null, null, null, clustered, null, null);
    }
}
