// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the n features of a set are computed from shared aggregates. Features that agree in kind,
 * field, types and length of panes read one aggregate, each over its own window: at time t the
 * panes (P - window / pane, P] with P = floor(t / pane).
 *
 * <p>Values are computed in two steps. A {@link Measure} changes only when something happens or
 * leaves a window: until a pane ends, an event changes what it touches and nothing else does. The
 * values, in own units, follow from the measure and the clock.
 */
final class FeaturePlan {
    private static final long DAY = 86_400_000;

    /** Of a ratio: sums of almost nothing may divide, and no value may overflow. */
    private static final double GREATEST_RATIO = 1e12;

    private final int features;
    private final Source[] sources;
    private final Source[][] takers;
    private final long[] lengths;
    private final int[] recencies;
    private final Ratio[] ratios;
    private final int[] clustered;
    private final int[] aged;
    private final AggregateLayout layout;

    /** An aggregate at its place in the state, its longest window in panes, and who reads it. */
    private record Source(int aggregate, int length, int longest, Window[] windows) {}

    /**
     * A feature over its own number of panes; a recency has no window. Only one that takes part in distances
     * wakes its user.
     */
    private record Window(int feature, boolean recency, boolean wakes, int panes) {

        private int oldest(int now) {
            return now - panes + 1;
        }
    }

    /** Positions of features. */
    private record Ratio(int feature, int numerator, int denominator) {}

    FeaturePlan(FeatureSet set) {
        features = set.size();
        Map<String, AggregateSpec> specs = new LinkedHashMap<>();
        for (FeatureSpec spec : set.features()) {
            if (spec.kind() != FeatureKind.RATIO) {
                specs.computeIfAbsent(
                                AggregateSpec.keyOf(spec), key -> new AggregateSpec(set, spec))
                        .widen(spec);
            }
        }
        layout = new AggregateLayout(List.copyOf(specs.keySet()));
        lengths = specs.values().stream().mapToLong(AggregateSpec::pane).distinct().toArray();
        boolean[] inDistances = inDistances(set);
        sources = sources(set, List.copyOf(specs.values()), inDistances);
        takers = takers(set, List.copyOf(specs.values()));
        recencies = positions(set, FeatureKind.RECENCY);
        ratios =
                Arrays.stream(positions(set, FeatureKind.RATIO))
                        .mapToObj(i -> ratio(set, i))
                        .toArray(Ratio[]::new);
        clustered = IntStream.range(0, features).filter(i -> inDistances[i]).toArray();
        aged = Arrays.stream(recencies).filter(i -> inDistances[i]).toArray();
    }

    AggregateLayout layout() {
        return layout;
    }

    /** n, the number of features. */
    int size() {
        return features;
    }

    /** Whether a value that takes part in distances is another than before. */
    boolean differs(double[] before, double[] now) {
        for (int i : clustered) {
            if (before[i] != now[i]) {
                return true;
            }
        }
        return false;
    }

    /** Measures everything at the state's clock. */
    void measure(UserState state, long userHash) {
        if (state.measure == null || state.measure.plan != this) {
            state.measure = new Measure(this, features, lengths.length);
        }
        Measure measure = state.measure;
        measure.begin(userHash);
        for (int length = 0; length < lengths.length; length++) {
            measure.lag[length] = Math.floorMod(userHash, lengths[length]);
        }
        turnTo(state.clock, measure);
        for (Source source : sources) {
            for (Window window : source.windows) {
                measure.values[window.feature] =
                        value(state, source, window, measure.now[source.length]);
            }
        }
        measure.leaving = leaving(state, measure);
        state.measured = true;
    }

    /** Lets the windows of a measured state follow its clock, and forgets what has left them. */
    void slide(UserState state) {
        Measure measure = state.measure;
        if (state.clock < measure.paneEnd) {
            return;
        }
        long turned = turnTo(state.clock, measure);
        for (Source source : sources) {
            if ((turned >>> source.length & 1) != 0) {
                slide(state, source, measure.now[source.length]);
            }
        }
        measure.leaving = leaving(state, measure);
    }

    private static void slide(UserState state, Source source, int now) {
        Aggregate aggregate = state.aggregates[source.aggregate];
        int first = aggregate.firstPane(Integer.MIN_VALUE);
        for (Window window : source.windows) {
            if (first < window.oldest(now)) {
                state.measure.values[window.feature] = value(state, source, window, now);
            }
        }
        aggregate.prune(now - source.longest + 1);
    }

    /** Adds an event at or before the clock of a measured state. */
    void add(UserState state, ClickEvent event, RollOptions options) {
        Measure measure = state.measure;
        boolean moved = false;
        for (Source source : takersOf(event.eventType())) {
            int now = measure.now[source.length];
            int pane =
                    event.time() == state.clock
                            ? now
                            : (int) Math.floorDiv(event.time(), lengths[source.length]);
            Effect effect =
                    state.aggregates[source.aggregate].add(
                            event, pane, now - source.longest + 1, options);
            moved |= effect == Effect.MOVED;
            if (effect != Effect.NONE) {
                touch(state, source, pane, effect);
            }
        }
        if (moved) {
            measure.leaving = leaving(state, measure);
        }
    }

    /** A type that the features do not know counts as one that they do not name. */
    private Source[] takersOf(int type) {
        return takers[type + 1 < takers.length ? type + 1 : 0];
    }

    private void touch(UserState state, Source source, int pane, Effect effect) {
        Measure measure = state.measure;
        int now = measure.now[source.length];
        for (Window window : source.windows) {
            boolean inside = window.recency || pane >= window.oldest(now);
            if (inside && effect == Effect.ONE_MORE) {
                measure.values[window.feature]++;
            } else if (inside || effect == Effect.MOVED) {
                measure.values[window.feature] = value(state, source, window, now);
            }
            if (inside && window.wakes) {
                measure.leaving =
                        Math.min(measure.leaving, leaving(measure, source, pane + window.panes));
            }
        }
    }

    /** The lengths of which another pane has begun, a bit each: there are two lengths of panes. */
    private long turnTo(long clock, Measure measure) {
        measure.paneEnd = Long.MAX_VALUE;
        long turned = 0;
        for (int length = 0; length < lengths.length; length++) {
            long now = Math.floorDiv(clock, lengths[length]);
            turned |= measure.now[length] == now ? 0 : 1L << length;
            measure.now[length] = (int) now;
            measure.paneEnd = Math.min(measure.paneEnd, (now + 1) * lengths[length]);
        }
        return turned;
    }

    /** A user that never did it counts from the start of its life. */
    private static double value(UserState state, Source source, Window window, int now) {
        double value = state.aggregates[source.aggregate].value(window.oldest(now));
        return window.recency && value == Aggregate.NEVER ? state.incarnation : value;
    }

    /**
     * The first moment after the clock at which an occupied pane has left a window that takes part in
     * distances: the end of a pane plus the user's hash modulo its length; Long.MAX_VALUE if none will.
     */
    private long leaving(UserState state, Measure measure) {
        long next = Long.MAX_VALUE;
        for (Source source : sources) {
            Aggregate aggregate = state.aggregates[source.aggregate];
            int end = Aggregate.NO_PANE;
            for (Window window : source.windows) {
                int first =
                        window.wakes
                                ? aggregate.firstPane(window.oldest(measure.now[source.length]))
                                : Aggregate.NO_PANE;
                if (first != Aggregate.NO_PANE) {
                    end = Math.min(end, first + window.panes);
                }
            }
            if (end != Aggregate.NO_PANE) {
                next = Math.min(next, leaving(measure, source, end));
            }
        }
        return next;
    }

    private long leaving(Measure measure, Source source, int end) {
        return end * lengths[source.length] + measure.lag[source.length];
    }

    /** Fills values in own units: recencies in days, a ratio 0 where its denominator is 0, and at most 1e12. */
    void values(Measure measure, long clock, double[] values) {
        System.arraycopy(measure.values, 0, values, 0, features);
        for (int i : recencies) {
            values[i] = Math.max(0, clock - measure.values[i]) / DAY;
        }
        for (Ratio ratio : ratios) {
            double denominator = values[ratio.denominator];
            values[ratio.feature] =
                    denominator == 0
                            ? 0
                            : Math.min(values[ratio.numerator] / denominator, GREATEST_RATIO);
        }
    }

    /** The first doubling age (1, 2, 4, 8 ... days) of a clustered recency after the clock of a measured state. */
    long nextAge(UserState state) {
        long next = Long.MAX_VALUE;
        for (int i : aged) {
            long since = (long) state.measure.values[i];
            long days = Math.floorDiv(state.clock - since, DAY);
            next = Math.min(next, since + DAY * (days < 1 ? 1 : 2 * Long.highestOneBit(days)));
        }
        return next;
    }

    private Source[] sources(FeatureSet set, List<AggregateSpec> specs, boolean[] inDistances) {
        Source[] all = new Source[specs.size()];
        for (int aggregate = 0; aggregate < all.length; aggregate++) {
            AggregateSpec spec = specs.get(aggregate);
            int length = 0;
            while (lengths[length] != spec.pane()) {
                length++;
            }
            all[aggregate] =
                    new Source(
                            aggregate, length, spec.panes(), windows(set, spec.key(), inDistances));
        }
        return all;
    }

    private static Window[] windows(FeatureSet set, String aggregate, boolean[] inDistances) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            FeatureSpec spec = set.features().get(i);
            if (spec.kind() != FeatureKind.RATIO && AggregateSpec.keyOf(spec).equals(aggregate)) {
                boolean recency = spec.kind() == FeatureKind.RECENCY;
                windows.add(
                        new Window(
                                i,
                                recency,
                                !recency && inDistances[i],
                                AggregateSpec.panesOf(spec)));
            }
        }
        return windows.toArray(Window[]::new);
    }

    /** By event type, the unnamed ones first: the aggregates that take its events. */
    private Source[][] takers(FeatureSet set, List<AggregateSpec> specs) {
        return IntStream.rangeClosed(FeatureSet.OTHER_TYPE, set.eventTypes().size() - 1)
                .mapToObj(
                        type ->
                                Arrays.stream(sources)
                                        .filter(s -> specs.get(s.aggregate).takes(type))
                                        .toArray(Source[]::new))
                .toArray(Source[][]::new);
    }

    private static int[] positions(FeatureSet set, FeatureKind kind) {
        return IntStream.range(0, set.size())
                .filter(i -> set.features().get(i).kind() == kind)
                .toArray();
    }

    private static Ratio ratio(FeatureSet set, int feature) {
        FeatureSpec spec = set.features().get(feature);
        return new Ratio(feature, set.indexOf(spec.numerator()), set.indexOf(spec.denominator()));
    }

    /** By feature: whether it takes part in distances, itself or in a ratio. */
    private static boolean[] inDistances(FeatureSet set) {
        boolean[] read = new boolean[set.size()];
        for (int i = 0; i < set.dimension(); i++) {
            FeatureSpec spec = set.clusteredFeature(i);
            if (spec.kind() == FeatureKind.RATIO) {
                read[set.indexOf(spec.numerator())] = true;
                read[set.indexOf(spec.denominator())] = true;
            } else {
                read[set.clusteredIndex(i)] = true;
            }
        }
        return read;
    }
}
