// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.TreeSet;

/** What one aggregate takes, and for how long: the longest window of the features that share it. */
final class AggregateSpec {
    private static final Duration DAY = Duration.ofDays(1);

    private final String key;
    private final boolean[] types;
    private final long pane;
    private int panes;

    /** The aggregate that this feature, no ratio, reads. */
    AggregateSpec(FeatureSet set, FeatureSpec feature) {
        this.key = keyOf(feature);
        this.pane = paneOf(feature).toMillis();
        this.panes = panesOf(feature);
        this.types = feature.types().isEmpty() ? null : new boolean[set.eventTypes().size()];
        feature.types().forEach(type -> types[set.typeIndex(type)] = true);
    }

    /** Names kind, pane and types, each type with its length: features of equal keys share. */
    static String keyOf(FeatureSpec feature) {
        StringBuilder key = new StringBuilder(AggregateKind.of(feature).name());
        key.append('|').append(paneOf(feature).toMillis()).append('|');
        for (String type : new TreeSet<>(feature.types())) {
            key.append(type.length()).append(':').append(type);
        }
        return key.toString();
    }

    /** Length of a pane; a recency has none and is treated as if it looked at one day. */
    static Duration paneOf(FeatureSpec feature) {
        return feature.window() == null ? DAY : feature.pane();
    }

    /** Length of the window, in panes. */
    static int panesOf(FeatureSpec feature) {
        return feature.window() == null
                ? 1
                : Math.toIntExact(feature.window().dividedBy(feature.pane()));
    }

    /** Keeps at least this feature's window. */
    void widen(FeatureSpec feature) {
        panes = Math.max(panes, panesOf(feature));
    }

    String key() {
        return key;
    }

    /** Length of a pane, ms. */
    long pane() {
        return pane;
    }

    /** The longest window, in panes. */
    int panes() {
        return panes;
    }

    /** Whether events of a type count, by its position in FeatureSet.eventTypes or OTHER_TYPE. */
    boolean takes(int type) {
        return types == null || (type != FeatureSet.OTHER_TYPE && types[type]);
    }
}
