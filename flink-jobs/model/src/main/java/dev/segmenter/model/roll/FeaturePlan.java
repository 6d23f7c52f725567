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
 * <p>Values are computed in two steps. A measure, in the state's last section, changes only when something
 * happens or leaves a window: until a pane ends, an event changes what it touches and nothing else does. The
 * values, in own units, follow from the measure and the clock. The section has, for each length of panes, the
 * pane of the clock and how long after a pane's end this user sees it leave a window, ms; then a number for each
 * feature: for a recency the time counted from, for a ratio 0.
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
    private final int section;
    private final int head;

    /** An aggregate, its longest window in panes, and who reads it. */
    private record Source(Aggregate aggregate, int length, int longest, Window[] windows) {}

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
        section = layout.measure();
        head = 2 * lengths.length;
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

    /** Whether a value that takes part in distances is another than the bits remembered before. */
    boolean differs(long[] before, UserState state) {
        int first = firstValue(state);
        for (int i : clustered) {
            if (before[i] != state.at(first + i)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the bits of the features' measured numbers. */
    void remember(UserState state, long[] target) {
        state.copyTo(firstValue(state), target);
    }

    private int firstValue(UserState state) {
        return state.start(section) + head;
    }

    private double valueOf(UserState state, int feature) {
        return Double.longBitsToDouble(state.at(firstValue(state) + feature));
    }

    private void setValue(UserState state, int feature, double value) {
        state.set(firstValue(state) + feature, Double.doubleToRawLongBits(value));
    }

    /** The clock's pane of this length. */
    private int now(UserState state, int length) {
        return (int) state.at(state.start(section) + 2 * length);
    }

    /** Measures everything at the state's clock. */
    void measure(UserState state, long userHash) {
        state.userHash = userHash;
        state.vote = Long.MIN_VALUE;
        state.resize(section, head + features);
        for (int length = 0; length < lengths.length; length++) {
            long lag = Math.floorMod(userHash, lengths[length]);
            state.set(state.start(section) + 2 * length + 1, lag);
        }
        turnTo(state);
        for (Ratio ratio : ratios) {
            setValue(state, ratio.feature, 0);
        }
        for (Source source : sources) {
            int now = now(state, source.length);
            for (Window window : source.windows) {
                setValue(state, window.feature, value(state, source, window, now));
            }
        }
        lookAhead(state);
        state.measuredBy = this;
    }

    /** Lets the windows of a measured state follow its clock, and forgets what has left them. */
    void slide(UserState state) {
        if (state.clock < state.paneEnd) {
            return;
        }
        long turned = turnTo(state);
        if (state.clock < state.slides) {
            return;
        }
        for (Source source : sources) {
            if ((turned >>> source.length & 1) != 0) {
                slide(state, source, now(state, source.length));
            }
        }
        lookAhead(state);
    }

    private void slide(UserState state, Source source, int now) {
        int first = source.aggregate.firstPane(state, Integer.MIN_VALUE);
        for (Window window : source.windows) {
            if (first < window.oldest(now)) {
                setValue(state, window.feature, value(state, source, window, now));
            }
        }
        source.aggregate.prune(state, now - source.longest + 1);
    }

    /** Adds an event at or before the clock of a measured state. */
    void add(UserState state, ClickEvent event, RollOptions options) {
        boolean moved = false;
        for (Source source : takersOf(event.eventType())) {
            int now = now(state, source.length);
            int pane =
                    event.time() == state.clock
                            ? now
                            : (int) Math.floorDiv(event.time(), lengths[source.length]);
            Effect effect =
                    source.aggregate.add(state, event, pane, now - source.longest + 1, options);
            moved |= effect == Effect.MOVED;
            if (effect != Effect.NONE) {
                touch(state, source, pane, effect);
            }
        }
        if (moved) {
            lookAhead(state);
        }
    }

    /** A type that the features do not know counts as one that they do not name. */
    private Source[] takersOf(int type) {
        return takers[type + 1 < takers.length ? type + 1 : 0];
    }

    private void touch(UserState state, Source source, int pane, Effect effect) {
        int now = now(state, source.length);
        for (Window window : source.windows) {
            boolean inside = window.recency || pane >= window.oldest(now);
            if (inside && effect == Effect.ONE_MORE) {
                setValue(state, window.feature, valueOf(state, window.feature) + 1);
            } else if (inside || effect == Effect.MOVED) {
                setValue(state, window.feature, value(state, source, window, now));
            }
            if (inside && !window.recency) {
                lookAhead(state, source, window, pane);
            }
        }
    }

    /** The lengths of which another pane has begun, a bit each: there are two lengths of panes. */
    private long turnTo(UserState state) {
        state.paneEnd = Long.MAX_VALUE;
        long turned = 0;
        for (int length = 0; length < lengths.length; length++) {
            long now = Math.floorDiv(state.clock, lengths[length]);
            turned |= now(state, length) == now ? 0 : 1L << length;
            state.set(state.start(section) + 2 * length, now);
            state.paneEnd = Math.min(state.paneEnd, (now + 1) * lengths[length]);
        }
        return turned;
    }

    /** A user that never did it counts from the start of its life. */
    private static double value(UserState state, Source source, Window window, int now) {
        double value = source.aggregate.value(state, window.oldest(now));
        return window.recency && value == Aggregate.NEVER ? state.incarnation : value;
    }

    /** Finds when the first occupied pane leaves a window, and when its user is to wake for one that has left. */
    private void lookAhead(UserState state) {
        state.slides = Long.MAX_VALUE;
        state.leaving = Long.MAX_VALUE;
        for (Source source : sources) {
            int now = now(state, source.length);
            for (Window window : source.windows) {
                int first = source.aggregate.firstPane(state, window.oldest(now));
                if (first != Aggregate.NO_PANE) {
                    lookAhead(state, source, window, first);
                }
            }
        }
    }

    /** Takes an occupied pane of a window into account. The user wakes late, by its hash modulo the pane's length. */
    private void lookAhead(UserState state, Source source, Window window, int pane) {
        long end = (pane + window.panes) * lengths[source.length];
        state.slides = Math.min(state.slides, end);
        if (window.wakes) {
            long lag = state.at(state.start(section) + 2 * source.length + 1);
            state.leaving = Math.min(state.leaving, end + lag);
        }
    }

    /** Fills values in own units: recencies in days, a ratio 0 where its denominator is 0, and at most 1e12. */
    void values(UserState state, double[] values) {
        int first = firstValue(state);
        for (int i = 0; i < features; i++) {
            values[i] = Double.longBitsToDouble(state.at(first + i));
        }
        for (int i : recencies) {
            values[i] = Math.max(0, state.clock - values[i]) / DAY;
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
            long since = (long) valueOf(state, i);
            long days = Math.floorDiv(state.clock - since, DAY);
            next = Math.min(next, since + DAY * (days < 1 ? 1 : 2 * Long.highestOneBit(days)));
        }
        return next;
    }

    private Source[] sources(FeatureSet set, List<AggregateSpec> specs, boolean[] inDistances) {
        Source[] all = new Source[specs.size()];
        for (int i = 0; i < all.length; i++) {
            AggregateSpec spec = specs.get(i);
            int length = 0;
            while (lengths[length] != spec.pane()) {
                length++;
            }
            all[i] =
                    new Source(
                            layout.aggregate(i),
                            length,
                            spec.panes(),
                            windows(set, spec.key(), inDistances));
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
                                IntStream.range(0, sources.length)
                                        .filter(i -> specs.get(i).takes(type))
                                        .mapToObj(i -> sources[i])
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
