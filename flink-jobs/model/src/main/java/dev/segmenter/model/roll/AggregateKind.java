// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureSpec;

/** The kinds of aggregates; their names are part of the stored layout. */
enum AggregateKind {
    COUNT,
    SUM,
    DISTINCT_ITEM,
    DISTINCT_CATEGORY,
    SESSIONS,
    LAST;

    /** What a feature other than a ratio reads. */
    static AggregateKind of(FeatureSpec feature) {
        return switch (feature.kind()) {
            case COUNT -> COUNT;
            case SUM -> SUM;
            case DISTINCT -> feature.field() == EventField.ITEM ? DISTINCT_ITEM : DISTINCT_CATEGORY;
            case SESSIONS -> SESSIONS;
            case RECENCY -> LAST;
            case RATIO -> throw new IllegalArgumentException("a ratio has no aggregate of its own");
        };
    }

    /** One with this section. */
    Aggregate create(int section) {
        return switch (this) {
            case COUNT -> new Counts(section);
            case SUM -> new Sums(section);
            case DISTINCT_ITEM -> new DistinctItems(section, EventField.ITEM);
            case DISTINCT_CATEGORY -> new DistinctItems(section, EventField.CATEGORY);
            case SESSIONS -> new Sessions(section);
            case LAST -> new LastTime(section);
        };
    }
}
