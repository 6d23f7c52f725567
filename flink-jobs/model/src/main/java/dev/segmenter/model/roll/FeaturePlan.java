// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the n features of a set are computed from shared aggregates. Features that agree in kind,
 * field, types and length of panes read one aggregate, each over its own window: at time t the
 * panes (P - window / pane, P] with P = floor(t / pane).
 *
 * <p>Values are computed in two steps. A measure (n numbers) changes only when something happens or
 * leaves a window: for a recency it is the time counted from, for a ratio 0. The values, in own
 * units, follow from a measure and the clock.
 */
final class FeaturePlan {
    private static final long DAY = 86_400_000;

    /** Of a ratio: sums of almost nothing may divide, and no value may overflow. */
    private static final double GREATEST_RATIO = 1e12;

    private final AggregateSpec[] aggregates;
    private final Feature[] features;
    private final int[] aged;
    private final AggregateLayout layout;

    /** A feature's aggregate, pane, ms, and window in panes; or the features that a ratio divides. */
    private record Feature(
            FeatureKind kind, int aggregate, long pane, int panes, int numerator, int denominator) {

        private int oldest(long clock) {
            return (int) Math.floorDiv(clock, pane) - panes + 1;
        }
    }

    FeaturePlan(FeatureSet set) {
        Map<String, Integer> index = new LinkedHashMap<>();
        List<AggregateSpec> specs = new ArrayList<>();
        features = new Feature[set.size()];
        for (int i = 0; i < features.length; i++) {
            FeatureSpec spec = set.features().get(i);
            features[i] =
                    spec.kind() == FeatureKind.RATIO
                            ? ratio(set, spec)
                            : windowed(spec, share(set, spec, index, specs));
        }
        aggregates = specs.toArray(AggregateSpec[]::new);
        aged = agedFeatures(set);
        layout = new AggregateLayout(List.copyOf(index.keySet()));
    }

    AggregateLayout layout() {
        return layout;
    }

    /** n, the number of features. */
    int size() {
        return features.length;
    }

    /** Adds an event at or before the state's clock. */
    void add(UserState state, ClickEvent event, RollOptions options) {
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i].add(state.aggregates[i], event, state.clock, options);
        }
    }

    /** Forgets what has left every window at the state's clock. */
    void prune(UserState state) {
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i].prune(state.aggregates[i], state.clock);
        }
    }

    /** Fills the measure at the state's clock. */
    void measure(UserState state, double[] measure) {
        for (int i = 0; i < features.length; i++) {
            Feature feature = features[i];
            measure[i] =
                    switch (feature.kind) {
                        case RATIO -> 0;
                        case RECENCY -> since(state, feature);
                        default ->
                                state.aggregates[feature.aggregate].value(
                                        feature.oldest(state.clock));
                    };
        }
    }

    /** Values in own units: recencies in days, a ratio 0 where its denominator is 0, and at most 1e12. */
    double[] values(double[] measure, long clock) {
        double[] values = measure.clone();
        for (int i = 0; i < values.length; i++) {
            if (features[i].kind == FeatureKind.RECENCY) {
                values[i] = Math.max(0, clock - measure[i]) / DAY;
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (features[i].kind == FeatureKind.RATIO) {
                double denominator = values[features[i].denominator];
                values[i] =
                        denominator == 0
                                ? 0
                                : Math.min(
                                        values[features[i].numerator] / denominator,
                                        GREATEST_RATIO);
            }
        }
        return values;
    }

    /**
     * The first moment after the clock at which an occupied pane has left a window: the end of a pane
     * plus the user's hash modulo its length; Long.MAX_VALUE if every window is empty.
     */
    long nextLeaving(UserState state, long userHash) {
        long next = Long.MAX_VALUE;
        for (Feature feature : features) {
            if (feature.kind == FeatureKind.RATIO || feature.kind == FeatureKind.RECENCY) {
                continue;
            }
            int oldest = feature.oldest(state.clock);
            int first = state.aggregates[feature.aggregate].firstPane(oldest);
            if (first != Aggregate.NO_PANE) {
                long end = ((long) first + feature.panes) * feature.pane;
                next = Math.min(next, end + Math.floorMod(userHash, feature.pane));
            }
        }
        return next;
    }

    /** The first doubling age (1, 2, 4, 8 ... days) of a clustered recency after the clock. */
    long nextAge(UserState state) {
        long next = Long.MAX_VALUE;
        for (int i : aged) {
            long since = (long) since(state, features[i]);
            long days = Math.floorDiv(state.clock - since, DAY);
            next = Math.min(next, since + DAY * (days < 1 ? 1 : 2 * Long.highestOneBit(days)));
        }
        return next;
    }

    /** A user that never did it counts from the start of its life. */
    private static double since(UserState state, Feature recency) {
        double last = state.aggregates[recency.aggregate].value(0);
        return last == Aggregate.NEVER ? state.incarnation : last;
    }

    private static int share(
            FeatureSet set,
            FeatureSpec feature,
            Map<String, Integer> index,
            List<AggregateSpec> specs) {
        Integer known = index.putIfAbsent(AggregateSpec.keyOf(feature), specs.size());
        if (known != null) {
            specs.get(known).widen(feature);
            return known;
        }
        specs.add(new AggregateSpec(set, feature));
        return specs.size() - 1;
    }

    private static Feature windowed(FeatureSpec spec, int aggregate) {
        return new Feature(
                spec.kind(),
                aggregate,
                AggregateSpec.paneOf(spec).toMillis(),
                AggregateSpec.panesOf(spec),
                0,
                0);
    }

    private static Feature ratio(FeatureSet set, FeatureSpec spec) {
        int numerator = set.indexOf(spec.numerator());
        int denominator = set.indexOf(spec.denominator());
        return new Feature(FeatureKind.RATIO, 0, DAY, 1, numerator, denominator);
    }

    /** Recencies that take part in distances, themselves or in a ratio. */
    private int[] agedFeatures(FeatureSet set) {
        boolean[] read = new boolean[features.length];
        for (int i = 0; i < set.dimension(); i++) {
            Feature feature = features[set.clusteredIndex(i)];
            if (feature.kind == FeatureKind.RATIO) {
                read[feature.numerator] = true;
                read[feature.denominator] = true;
            } else {
                read[set.clusteredIndex(i)] = true;
            }
        }
        return IntStream.range(0, features.length)
                .filter(i -> read[i] && features[i].kind == FeatureKind.RECENCY)
                .toArray();
    }
}
