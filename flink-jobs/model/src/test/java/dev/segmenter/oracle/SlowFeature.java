// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.roll.RollOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * One declared feature of one life, other than a ratio, from the list of events that count for it.
 * An event is inside the window of w panes at a time if its pane is one of the last w of that time.
 *
 * <p>Distinct items are exact up to the capacity. Beyond it they are estimated as documented: at
 * depth n only items whose hash ends in n zero bits are kept, each standing for 2^n; the depth grows
 * while more are kept than the capacity, and is 0 again once none is left. Features that differ in
 * their window alone keep one sample, that of the longest window.
 */
final class SlowFeature {
    private static final long DAY = 86_400_000;

    private final FeatureSpec spec;
    private final RollOptions options;
    private final int[] types;
    private final long pane;
    private final long panes;
    private final long keptPanes;
    private final long incarnation;

    /** Events of matching types, in arrival order; what has left the longest window is dropped. */
    private final List<ClickEvent> events = new ArrayList<>();

    private long last = Long.MIN_VALUE;
    private long sessionStart;
    private int depth;

    SlowFeature(FeatureSet features, FeatureSpec spec, RollOptions options, long incarnation) {
        this.spec = spec;
        this.options = options;
        this.incarnation = incarnation;
        types = spec.types().stream().mapToInt(features.eventTypes()::indexOf).toArray();
        pane = spec.window() == null ? DAY : spec.pane().toMillis();
        panes = spec.window() == null ? 0 : spec.window().toMillis() / pane;
        keptPanes =
                features.features().stream()
                        .filter(this::sharesSample)
                        .mapToLong(other -> other.window().toMillis() / pane)
                        .max()
                        .orElse(0);
    }

    private boolean sharesSample(FeatureSpec other) {
        return spec.window() != null
                && other.kind() == spec.kind()
                && other.field() == spec.field()
                && other.types().equals(spec.types())
                && other.pane().equals(spec.pane());
    }

    /** Takes an event that counts, at or before the user's clock. */
    void count(ClickEvent event, long clock) {
        if (!matches(event)) {
            return;
        }
        switch (spec.kind()) {
            case COUNT, SUM -> events.add(event);
            case SESSIONS -> countSession(event);
            case DISTINCT -> countItem(event, clock);
            case RECENCY, RATIO -> {}
        }
        last = Math.max(last, event.time());
    }

    private boolean matches(ClickEvent event) {
        for (int type : types) {
            if (type == event.eventType()) {
                return true;
            }
        }
        return types.length == 0;
    }

    /** Keeps the event only if it begins a session; an event out of order never does. */
    private void countSession(ClickEvent event) {
        boolean begins =
                last == Long.MIN_VALUE
                        || event.time() > last + options.sessionGap().toMillis()
                        || (event.time() >= last
                                && event.time() >= sessionStart + options.maxSession().toMillis());
        if (begins) {
            sessionStart = event.time();
            events.add(event);
        }
    }

    private void countItem(ClickEvent event, long clock) {
        if (sampled(clock, keptPanes).isEmpty()) {
            events.clear();
            depth = 0;
        }
        if (item(event) != 0) {
            events.add(event);
        }
        while (sampled(clock, keptPanes).size() > options.distinctCapacity()) {
            depth++;
        }
    }

    /** In own units, or for a recency the time counted from. */
    double measure(long clock) {
        drop(clock);
        return switch (spec.kind()) {
            case COUNT, SESSIONS -> inside(clock).size();
            case SUM -> sum(clock);
            case DISTINCT -> sampled(clock, panes).size() * (double) (1L << depth);
            case RECENCY -> since();
            case RATIO -> throw new IllegalStateException();
        };
    }

    /** A user that never did it counts from the start of its life. */
    long since() {
        return last == Long.MIN_VALUE ? incarnation : last;
    }

    /** When the first occupied pane has left the window: at its end, later by the user's share of a pane. */
    OptionalLong nextLeaving(long clock, long userHash) {
        LongStream occupied =
                switch (spec.kind()) {
                    case RECENCY, RATIO -> LongStream.empty();
                    case DISTINCT ->
                            sampled(clock, panes).values().stream().mapToLong(Long::longValue);
                    case SUM -> panesOf(inside(clock), event -> event.price() > 0);
                    case COUNT, SESSIONS -> panesOf(inside(clock), event -> true);
                };
        OptionalLong first = occupied.min();
        return first.isEmpty()
                ? first
                : OptionalLong.of(
                        (first.getAsLong() + panes) * pane + Math.floorMod(userHash, pane));
    }

    private LongStream panesOf(List<ClickEvent> inside, Predicate<ClickEvent> adds) {
        return inside.stream().filter(adds).mapToLong(this::paneOf);
    }

    /** Pane by pane, the oldest first, in each pane in arrival order: the documented order. */
    private double sum(long clock) {
        TreeMap<Long, Double> byPane = new TreeMap<>();
        for (ClickEvent event : inside(clock)) {
            byPane.merge(paneOf(event), event.price(), Double::sum);
        }
        double sum = 0;
        for (double amount : byPane.values()) {
            sum += amount;
        }
        return sum;
    }

    /** The latest pane of each item in the sample that is inside so many panes. */
    private Map<Integer, Long> sampled(long clock, long window) {
        Map<Integer, Long> latest = new HashMap<>();
        for (ClickEvent event : events) {
            if (isInside(event, clock, window)
                    && Integer.numberOfTrailingZeros(item(event)) >= depth) {
                latest.merge(item(event), paneOf(event), Math::max);
            }
        }
        return latest;
    }

    private List<ClickEvent> inside(long clock) {
        List<ClickEvent> inside = new ArrayList<>();
        for (ClickEvent event : events) {
            if (isInside(event, clock, panes)) {
                inside.add(event);
            }
        }
        return inside;
    }

    /** What no window will ever see again: a clock never goes back. */
    private void drop(long clock) {
        events.removeIf(event -> !isInside(event, clock, keptPanes));
    }

    private boolean isInside(ClickEvent event, long clock, long window) {
        return Math.floorDiv(clock, pane) - paneOf(event) < window;
    }

    private long paneOf(ClickEvent event) {
        return Math.floorDiv(event.time(), pane);
    }

    private int item(ClickEvent event) {
        return spec.field() == EventField.ITEM ? event.item() : event.category();
    }
}
