// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of aggregates in a {@link UserState}: one key each, "KIND|pane ms|types". Equal keys mean
 * the same series, whatever feature set they come from.
 */
final class AggregateLayout {
    private static final String FORMAT = "user-state-1";

    private final List<String> keys;
    private final AggregateKind[] kinds;

    /** The last other instance found equal: a state passes between two of them with every event. */
    private AggregateLayout twin;

    AggregateLayout(List<String> keys) {
        this.keys = List.copyOf(keys);
        this.kinds = new AggregateKind[keys.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = AggregateKind.valueOf(keys.get(i).substring(0, keys.get(i).indexOf('|')));
        }
    }

    static AggregateLayout of(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "user state layout: '"
                            + (lines.isEmpty() ? "" : lines.get(0))
                            + "' is no known format; this release reads "
                            + FORMAT);
        }
        return new AggregateLayout(lines.subList(1, lines.size()));
    }

    /** Format, then the keys. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT);
        lines.addAll(keys);
        return List.copyOf(lines);
    }

    boolean sameAs(AggregateLayout other) {
        if (this == other || twin == other) {
            return true;
        }
        boolean same = keys.equals(other.keys);
        if (same) {
            twin = other;
        }
        return same;
    }

    /** Empty aggregates, in order. */
    Aggregate[] create() {
        Aggregate[] aggregates = new Aggregate[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            aggregates[i] = kinds[i].create();
        }
        return aggregates;
    }

    /** Aggregates of another layout brought into this order; dropped ones vanish, new ones are empty. */
    Aggregate[] adapt(AggregateLayout from, Aggregate[] aggregates) {
        Map<String, Aggregate> byKey = new HashMap<>();
        for (int i = 0; i < aggregates.length; i++) {
            byKey.put(from.keys.get(i), aggregates[i]);
        }
        Aggregate[] adapted = create();
        for (int i = 0; i < adapted.length; i++) {
            adapted[i] = byKey.getOrDefault(keys.get(i), adapted[i]);
        }
        return adapted;
    }
}
