// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The roller's contract in plain words, for one user: keeps every event, recomputes every value from
 * all of them, and knows neither panes' contents nor next moments.
 */
final class SlowRoller {
    private static final long DAY = 86_400_000;
    private static final long MINUTE = 60_000;

    private final FeatureSet features;
    private final RollOptions options;
    private final String userId;
    private final long hash;
    private final Journal journal;

    private boolean alive;
    private long incarnation;
    private long clock;
    private long lastEvent;
    private double[] known;
    private boolean knownFlag;
    private List<ClickEvent> counted;
    private Map<String, List<Long>> sessionBegins;
    private Map<String, Long> sessionLast;
    private List<long[]> firstUses;
    private List<Long> clockMinutes;
    private long pendingOver;
    private long violation;

    SlowRoller(FeatureSet features, RollOptions options, String userId, Journal journal) {
        this.features = features;
        this.options = options;
        this.userId = userId;
        this.hash = Hashes.of(userId);
        this.journal = journal;
    }

    void onTimer(long now) {
        while (alive) {
            SortedSet<Long> due = moments(now);
            if (due.isEmpty()) {
                return;
            }
            moment(due.first());
        }
    }

    void onEvent(ClickEvent event) {
        onTimer(event.time());
        boolean first = !alive;
        if (first) {
            begin(event);
        }
        clock = Math.max(clock, event.time());
        lastEvent = Math.max(lastEvent, event.time());
        if (isOverQuota(event)) {
            journal.refused();
        } else if (isDuplicate(event)) {
            journal.duplicate();
        } else {
            journal.counted();
            counted.add(event);
            countSessions(event);
        }
        if (changed() || first) {
            announce();
        }
    }

    private void begin(ClickEvent event) {
        alive = true;
        incarnation = Math.max(event.time(), event.lifeClock());
        clock = event.time();
        lastEvent = event.time();
        counted = new ArrayList<>();
        sessionBegins = new HashMap<>();
        sessionLast = new HashMap<>();
        firstUses = new ArrayList<>();
        clockMinutes = new ArrayList<>();
        pendingOver = 0;
        violation = Long.MIN_VALUE;
        known = new double[features.size()];
        knownFlag = false;
    }

    private SortedSet<Long> moments(long until) {
        TreeSet<Long> all = new TreeSet<>();
        long interval = options.voteInterval().toMillis();
        long firstVote = Math.floorDiv(clock, interval) * interval + Math.floorMod(hash, interval);
        for (long vote = firstVote - interval; vote <= until; vote += interval) {
            all.add(vote);
        }
        for (FeatureSpec feature : features.features()) {
            if (isClusteredRecency(feature)) {
                for (long age = DAY; since(feature) + age <= until; age *= 2) {
                    all.add(since(feature) + age);
                }
            } else if (feature.window() != null) {
                addLeavings(feature, until, all);
            }
        }
        if (pendingOver > 0) {
            all.add(endOfMinute(clock));
        }
        all.add(lastEvent + options.exitAfter().toMillis());
        all.removeIf(moment -> moment <= clock || moment > until);
        return all;
    }

    /** Ends of panes at which the value alone changes, each later by the user's share of a pane. */
    private void addLeavings(FeatureSpec feature, long until, Set<Long> all) {
        long pane = feature.pane().toMillis();
        Set<Long> ends = new HashSet<>();
        for (ClickEvent event : counted) {
            ends.add(Math.floorDiv(event.time(), pane) * pane + feature.window().toMillis());
        }
        for (long end : ends) {
            if (end > clock && end <= until && valueAt(feature, end) != valueAt(feature, end - 1)) {
                all.add(end + Math.floorMod(hash, pane));
            }
        }
    }

    private double valueAt(FeatureSpec feature, long time) {
        long now = clock;
        clock = time;
        double value = value(feature, true);
        clock = now;
        return value;
    }

    private boolean isClusteredRecency(FeatureSpec feature) {
        return feature.kind() == FeatureKind.RECENCY
                && features.features().stream()
                        .filter(FeatureSpec::clustered)
                        .anyMatch(
                                f ->
                                        f.equals(feature)
                                                || feature.name().equals(f.numerator())
                                                || feature.name().equals(f.denominator()));
    }

    private void moment(long time) {
        boolean exit = time == lastEvent + options.exitAfter().toMillis();
        if (pendingOver > 0 && (exit || time >= endOfMinute(clock))) {
            journal.overQuota(userId, endOfMinute(clock) - MINUTE, pendingOver);
            pendingOver = 0;
        }
        clock = time;
        if (exit) {
            alive = false;
            journal.lines.add(Journal.line("EXPIRY", incarnation, time, flagged(), new double[0]));
            return;
        }
        long interval = options.voteInterval().toMillis();
        boolean vote = Math.floorMod(time - Math.floorMod(hash, interval), interval) == 0;
        if (changed() || vote || agedClusteredRecency()) {
            announce();
        }
        if (vote && !flagged()) {
            long number = Math.floorDiv(time, interval);
            journal.lines.add(
                    Journal.voteLine(time, number, Hashes.of(hash, number), values(true)));
        }
    }

    private boolean agedClusteredRecency() {
        for (FeatureSpec feature : features.features()) {
            long age = isClusteredRecency(feature) ? clock - since(feature) : 0;
            if (age > 0 && age % DAY == 0 && Long.bitCount(age / DAY) == 1) {
                return true;
            }
        }
        return false;
    }

    private boolean changed() {
        double[] now = values(false);
        boolean changed = knownFlag != flagged() || !Arrays.equals(now, known);
        known = now;
        knownFlag = flagged();
        return changed;
    }

    private void announce() {
        journal.lines.add(Journal.line("VECTOR", incarnation, clock, flagged(), values(true)));
    }

    /** In own units, or with recencies replaced by the time counted from and without ratios. */
    private double[] values(boolean ownUnits) {
        double[] values = new double[features.size()];
        for (int i = 0; i < values.length; i++) {
            FeatureSpec feature = features.features().get(i);
            if (feature.kind() == FeatureKind.RATIO) {
                double over = ownUnits ? value(named(feature.denominator()), true) : 0;
                values[i] = over == 0 ? 0 : value(named(feature.numerator()), true) / over;
            } else {
                values[i] = value(feature, ownUnits);
            }
        }
        return values;
    }

    private double value(FeatureSpec feature, boolean ownUnits) {
        return switch (feature.kind()) {
            case COUNT -> counted.stream().filter(e -> inside(feature, e)).count();
            case SUM ->
                    counted.stream()
                            .filter(e -> inside(feature, e))
                            .mapToDouble(ClickEvent::price)
                            .sum();
            case DISTINCT ->
                    counted.stream()
                            .filter(e -> inside(feature, e))
                            .mapToInt(
                                    e ->
                                            feature.field() == EventField.ITEM
                                                    ? e.item()
                                                    : e.category())
                            .filter(item -> item != 0)
                            .distinct()
                            .count();
            case SESSIONS ->
                    sessionBegins.getOrDefault(feature.name(), List.of()).stream()
                            .filter(begin -> insideWindow(feature, begin))
                            .count();
            case RECENCY ->
                    ownUnits ? Math.max(0, clock - since(feature)) / (double) DAY : since(feature);
            case RATIO -> throw new IllegalStateException();
        };
    }

    private boolean inside(FeatureSpec feature, ClickEvent event) {
        return matches(feature, event) && insideWindow(feature, event.time());
    }

    private boolean insideWindow(FeatureSpec feature, long time) {
        long pane = feature.pane().toMillis();
        long panesAgo = Math.floorDiv(clock, pane) - Math.floorDiv(time, pane);
        return panesAgo * pane < feature.window().toMillis();
    }

    private boolean matches(FeatureSpec feature, ClickEvent event) {
        return feature.types().isEmpty()
                || (event.eventType() >= 0
                        && feature.types().contains(features.eventTypes().get(event.eventType())));
    }

    private long since(FeatureSpec recency) {
        return counted.stream()
                .filter(e -> matches(recency, e))
                .mapToLong(ClickEvent::time)
                .max()
                .orElse(incarnation);
    }

    private void countSessions(ClickEvent event) {
        for (FeatureSpec feature : features.features()) {
            if (feature.kind() != FeatureKind.SESSIONS || !matches(feature, event)) {
                continue;
            }
            List<Long> begins =
                    sessionBegins.computeIfAbsent(feature.name(), name -> new ArrayList<>());
            long last = sessionLast.getOrDefault(feature.name(), Long.MIN_VALUE / 2);
            long time = event.time();
            boolean outOfOrder = time < last;
            boolean afterGap = time > last + options.sessionGap().toMillis();
            boolean tooLong =
                    !begins.isEmpty()
                            && time
                                    >= begins.get(begins.size() - 1)
                                            + options.maxSession().toMillis();
            if (!outOfOrder && (afterGap || tooLong)) {
                begins.add(time);
            }
            sessionLast.put(feature.name(), Math.max(last, time));
        }
    }

    private boolean isDuplicate(ClickEvent event) {
        long dedup = options.dedup().toMillis();
        for (long[] use : firstUses) {
            if (use[0] == event.eventIdHash()
                    && use[1] >= clock - dedup
                    && Math.abs(use[1] - event.time()) <= dedup) {
                return true;
            }
        }
        firstUses.add(new long[] {event.eventIdHash(), event.time()});
        return false;
    }

    private boolean isOverQuota(ClickEvent event) {
        long minute = endOfMinute(clock);
        if (endOfMinute(event.time()) != minute) {
            return false;
        }
        long inMinute = clockMinutes.stream().filter(m -> m == minute).count();
        clockMinutes.add(minute);
        if (inMinute < options.quotaPerMinute()) {
            return false;
        }
        pendingOver++;
        violation = minute - MINUTE;
        return true;
    }

    private boolean flagged() {
        return violation != Long.MIN_VALUE && clock - violation < DAY;
    }

    private FeatureSpec named(String name) {
        return features.features().get(features.indexOf(name));
    }

    private static long endOfMinute(long time) {
        return (Math.floorDiv(time, MINUTE) + 1) * MINUTE;
    }
}
