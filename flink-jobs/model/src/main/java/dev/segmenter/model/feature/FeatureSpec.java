// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The declaration of one feature; refuses what cannot be computed, naming key, value and remedy.
 *
 * @param name unique in its set
 * @param types event types that count, empty for all
 * @param field what SUM (PRICE) and DISTINCT (ITEM, CATEGORY) read, else null
 * @param window whole panes, null for RECENCY and RATIO
 * @param numerator name of another feature, for RATIO
 * @param denominator name of another feature, for RATIO
 * @param clustered whether it takes part in distances
 * @param high words for a segment far above the mean, null to derive them from the name
 * @param low words for a segment far below the mean, null to derive them from the name
 */
public record FeatureSpec(
        String name,
        FeatureKind kind,
        Set<String> types,
        EventField field,
        Duration window,
        String numerator,
        String denominator,
        Transform transform,
        boolean clustered,
        String high,
        String low)
        implements Serializable {

    /** Windows up to this long slide by hours, longer ones by days. */
    public static final Duration HOURLY_LIMIT = Duration.ofHours(24);

    public FeatureSpec {
        require(
                name != null && name.matches("[A-Za-z][A-Za-z0-9_]{0,63}"),
                name,
                "name",
                name,
                "use a letter, then up to 63 letters, digits or underscores");
        require(
                kind != null,
                name,
                "kind",
                null,
                "use count, sum, distinct, recency, sessions or ratio");
        types = Set.copyOf(types == null ? Set.of() : types);
        require(
                types.stream().noneMatch(String::isBlank),
                name,
                "types",
                types,
                "name event types, or leave them out to count all");
        transform = transform == null ? Transform.LOG1P : transform;
        switch (kind) {
            case COUNT, SESSIONS -> require(field == null, name, "of", field, "remove it");
            case SUM -> require(field == EventField.PRICE, name, "of", field, "use price");
            case DISTINCT ->
                    require(
                            field == EventField.ITEM || field == EventField.CATEGORY,
                            name,
                            "of",
                            field,
                            "use item or category");
            case RECENCY, RATIO -> {
                require(field == null, name, "of", field, "remove it");
                require(window == null, name, "window", window, "remove it");
            }
        }
        if (kind == FeatureKind.RATIO) {
            require(numerator != null, name, "numerator", null, "name another feature");
            require(denominator != null, name, "denominator", null, "name another feature");
            require(types.isEmpty(), name, "types", types, "set them on numerator and denominator");
        } else {
            require(numerator == null, name, "numerator", numerator, "only a ratio has one");
            require(denominator == null, name, "denominator", denominator, "only a ratio has one");
        }
        if (kind != FeatureKind.RATIO && kind != FeatureKind.RECENCY) {
            require(
                    window != null && window.compareTo(Duration.ZERO) > 0,
                    name,
                    "window",
                    window,
                    "give a duration such as 24h or 30d");
            Duration pane = paneFor(window);
            require(
                    window.toMillis() % pane.toMillis() == 0,
                    name,
                    "window",
                    window,
                    "use a whole number of panes: hours up to 24h, days beyond");
        }
    }

    /** Length of a pane of this feature's window. */
    public Duration pane() {
        return paneFor(window);
    }

    /** The definition in one canonical line, without name, transform or words: equal lines share state. */
    public String definition() {
        return kind
                + "|"
                + new TreeSet<>(types)
                + "|"
                + field
                + "|"
                + window
                + "|"
                + numerator
                + "|"
                + denominator;
    }

    private static Duration paneFor(Duration window) {
        return window.compareTo(HOURLY_LIMIT) <= 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private static void require(
            boolean holds, String feature, String key, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "features["
                            + feature
                            + "]."
                            + key
                            + ": '"
                            + value
                            + "' is not possible; "
                            + remedy);
        }
    }
}
