// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

/** What a feature measures over its window. */
public enum FeatureKind {
    /** Number of events. */
    COUNT,
    /** Sum of prices. */
    SUM,
    /** Number of distinct items or categories. */
    DISTINCT,
    /** Days since the last event. */
    RECENCY,
    /** Number of sessions begun. */
    SESSIONS,
    /** One feature divided by another, 0 where the denominator is 0. */
    RATIO
}
