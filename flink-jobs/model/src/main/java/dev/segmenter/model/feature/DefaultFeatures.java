// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The feature sets that need no configuration; found on real logs (docs/decisions). */
public final class DefaultFeatures {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration QUARTER = Duration.ofDays(90);

    private static final String VIEW = "view";
    private static final String CART = "cart";
    private static final String FAVORITE = "favorite";
    private static final String PURCHASE = "purchase";
    private static final String CANCEL = "cancel";

    private DefaultFeatures() {}

    /** For a shop whose customers come back over months: eight clustered features. */
    public static FeatureSet shop() {
        return FeatureSet.of(
                List.of(
                        distinct(
                                "distinct_items_90d",
                                Set.of(VIEW, CART, FAVORITE, PURCHASE),
                                EventField.ITEM,
                                QUARTER,
                                "wide assortment",
                                "narrow assortment"),
                        spend("spend_90d", QUARTER, "big spenders", "low spenders"),
                        count("purchases_90d", PURCHASE, QUARTER, "frequent buyers", "rare buyers"),
                        sessions("sessions_90d", QUARTER, "regulars", "occasional visitors"),
                        sessions("sessions_30d", MONTH, "recently active", "recently quiet"),
                        count("views_30d", VIEW, MONTH, "keen browsers", "rare browsers"),
                        ratio(
                                "cart_ratio_30d",
                                "carts_30d",
                                "views_30d",
                                "cart fillers",
                                "window shoppers"),
                        ratio(
                                "cancel_ratio_90d",
                                "cancels_90d",
                                "purchases_90d",
                                "frequent cancellers",
                                "rare cancellers"),
                        reported("recency", FeatureKind.RECENCY, Set.of(), null, null),
                        reported("views_24h", Set.of(VIEW), DAY),
                        reported("purchases_24h", Set.of(PURCHASE), DAY),
                        reported("views_1h", Set.of(VIEW), Duration.ofHours(1)),
                        reported("carts_30d", Set.of(CART), MONTH),
                        reported("cancels_90d", Set.of(CANCEL), QUARTER)));
    }

    /** For browsing logs of days: five clustered features. */
    public static FeatureSet browsing() {
        return FeatureSet.of(
                List.of(
                        count("views_7d", VIEW, WEEK, "keen browsers", "rare browsers"),
                        counts(
                                "cart_favourite_7d",
                                Set.of(CART, FAVORITE),
                                WEEK,
                                "collectors",
                                "non-collectors"),
                        count("purchases_7d", PURCHASE, WEEK, "frequent buyers", "rare buyers"),
                        sessions("sessions_7d", WEEK, "regulars", "occasional visitors"),
                        ratio(
                                "breadth_7d",
                                "categories_7d",
                                "events_7d",
                                "broad interests",
                                "focused interests"),
                        reported(
                                "categories_7d",
                                FeatureKind.DISTINCT,
                                Set.of(),
                                EventField.CATEGORY,
                                WEEK),
                        reported("events_7d", Set.of(), WEEK)));
    }

    private static FeatureSpec count(
            String name, String type, Duration window, String high, String low) {
        return counts(name, Set.of(type), window, high, low);
    }

    private static FeatureSpec counts(
            String name, Set<String> types, Duration window, String high, String low) {
        return clustered(name, FeatureKind.COUNT, types, null, window, high, low);
    }

    private static FeatureSpec spend(String name, Duration window, String high, String low) {
        return clustered(
                name, FeatureKind.SUM, Set.of(PURCHASE), EventField.PRICE, window, high, low);
    }

    private static FeatureSpec distinct(
            String name,
            Set<String> types,
            EventField field,
            Duration window,
            String high,
            String low) {
        return clustered(name, FeatureKind.DISTINCT, types, field, window, high, low);
    }

    private static FeatureSpec sessions(String name, Duration window, String high, String low) {
        return clustered(name, FeatureKind.SESSIONS, Set.of(), null, window, high, low);
    }

    private static FeatureSpec clustered(
            String name,
            FeatureKind kind,
            Set<String> types,
            EventField field,
            Duration window,
            String high,
            String low) {
        return new FeatureSpec(
                name, kind, types, field, window, null, null, Transform.LOG1P, true, high, low);
    }

    private static FeatureSpec ratio(
            String name, String numerator, String denominator, String high, String low) {
        return new FeatureSpec(
                name,
                FeatureKind.RATIO,
                Set.of(),
                null,
                null,
                numerator,
                denominator,
                Transform.LOG1P,
                true,
                high,
                low);
    }

    private static FeatureSpec reported(String name, Set<String> types, Duration window) {
        return reported(name, FeatureKind.COUNT, types, null, window);
    }

    private static FeatureSpec reported(
            String name, FeatureKind kind, Set<String> types, EventField field, Duration window) {
        return new FeatureSpec(
                name, kind, types, field, window, null, null, Transform.LOG1P, false, null, null);
    }
}
