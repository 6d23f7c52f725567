// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The feature sets of random histories. */
final class OperatorFeatures {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration DAYS = Duration.ofDays(3);
    private static final Duration WEEK = Duration.ofDays(7);

    /** Small whole numbers, so that distances are exact and ties are common. */
    static final FeatureSet PLAIN =
            FeatureSet.of(
                    List.of(
                            counts("views_24h", DAY, Transform.NONE, true, "view"),
                            counts("purchases_3d", DAYS, Transform.NONE, true, "purchase"),
                            of("spend_3d", FeatureKind.SUM, EventField.PRICE, DAYS, false),
                            of("items_3d", FeatureKind.DISTINCT, EventField.ITEM, DAYS, true)));

    /** Every kind and length of pane, windows that share panes, ratios, a clustered recency; more features than lanes. */
    static final FeatureSet MIXED =
            FeatureSet.of(
                    List.of(
                            of("spend_3d", FeatureKind.SUM, EventField.PRICE, DAYS, true),
                            counts("views_1h", HOUR, Transform.LOG1P, true, "view"),
                            counts("views_24h", DAY, Transform.LOG1P, true, "view"),
                            counts("carts_3d", DAYS, Transform.LOG1P, false, "cart"),
                            counts("views_3d", DAYS, Transform.LOG1P, false, "view"),
                            ratio("cart_ratio_3d", "carts_3d", "views_3d"),
                            of("sessions_7d", FeatureKind.SESSIONS, null, WEEK, true),
                            of("items_24h", FeatureKind.DISTINCT, EventField.ITEM, DAY, false),
                            of("items_3d", FeatureKind.DISTINCT, EventField.ITEM, DAYS, false),
                            of("items_7d", FeatureKind.DISTINCT, EventField.ITEM, WEEK, true),
                            of("kinds_7d", FeatureKind.DISTINCT, EventField.CATEGORY, WEEK, true),
                            new FeatureSpec(
                                    "unbought",
                                    FeatureKind.RECENCY,
                                    Set.of("purchase"),
                                    null,
                                    null,
                                    null,
                                    null,
                                    Transform.LOG1P,
                                    true,
                                    null,
                                    null)));

    /** Windows longer than any history: nothing moves without events. */
    static final FeatureSet STILL =
            FeatureSet.of(
                    List.of(
                            counts("views_90d", Duration.ofDays(90), Transform.NONE, true, "view"),
                            of(
                                    "items_90d",
                                    FeatureKind.DISTINCT,
                                    EventField.ITEM,
                                    Duration.ofDays(90),
                                    true)));

    private OperatorFeatures() {}

    private static FeatureSpec counts(
            String name, Duration window, Transform transform, boolean clustered, String type) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(type),
                null,
                window,
                null,
                null,
                transform,
                clustered,
                null,
                null);
    }

    private static FeatureSpec of(
            String name, FeatureKind kind, EventField field, Duration window, boolean clustered) {
        return new FeatureSpec(
                name,
                kind,
                Set.of(),
                field,
                window,
                null,
                null,
                window.equals(WEEK) ? Transform.LOG1P : Transform.NONE,
                clustered,
                null,
                null);
    }

    private static FeatureSpec ratio(String name, String numerator, String denominator) {
        return new FeatureSpec(
                name,
                FeatureKind.RATIO,
                Set.of(),
                null,
                null,
                numerator,
                denominator,
                Transform.NONE,
                true,
                null,
                null);
    }
}
