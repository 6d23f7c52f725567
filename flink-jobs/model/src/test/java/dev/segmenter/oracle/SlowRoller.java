// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * From one user's admitted events to its updates: keeps the events, recomputes every value from all
 * of them, and looks for the next moment among all there may be.
 */
public final class SlowRoller {
    private static final long DAY = 86_400_000;
    private static final long MINUTE = 60_000;
    private static final double[] NO_VALUES = {};

    private final FeatureSet features;
    private final RollOptions options;
    private final String userId;
    private final long hash;
    private final RollOutput out;

    private boolean alive;
    private long incarnation;
    private long clock;
    private long lastEvent;
    private double[] known;
    private boolean knownFlag;
    private List<SlowFeature> histories;
    private List<long[]> firstUses;
    private long inClockMinute;
    private long pendingOver;
    private long violation;

    /** One user, until its end or for ever. */
    public SlowRoller(FeatureSet features, RollOptions options, String userId, RollOutput out) {
        this.features = features;
        this.options = options;
        this.userId = userId;
        this.hash = Hashes.of(userId);
        this.out = out;
    }

    /** Lets every moment up to an event time, ms, pass. */
    public void onTimer(long now) {
        while (alive) {
            OptionalLong next = nextMoment();
            if (next.isEmpty() || next.getAsLong() > now) {
                return;
            }
            moment(next.getAsLong());
        }
    }

    /** Takes the next event or erasure, after the moments up to it. */
    public void onEvent(ClickEvent event) {
        if (event.erasure()) {
            erase(event.lifeClock());
            return;
        }
        onTimer(event.time());
        boolean first = !alive;
        if (first) {
            begin(event);
        }
        moveTo(Math.max(clock, event.time()));
        lastEvent = Math.max(lastEvent, event.time());
        take(event);
        if (changed() || first) {
            announce();
        }
    }

    /** Ends a replay at an event time, ms: the minute at hand is over, too. */
    public void end(long endTime) {
        onTimer(endTime);
        reportOver();
    }

    private void begin(ClickEvent event) {
        alive = true;
        incarnation = Math.max(event.time(), event.lifeClock());
        clock = event.time();
        lastEvent = event.time();
        histories = new ArrayList<>();
        for (FeatureSpec spec : features.features()) {
            histories.add(new SlowFeature(features, spec, options, incarnation));
        }
        firstUses = new ArrayList<>();
        inClockMinute = 0;
        pendingOver = 0;
        violation = Long.MIN_VALUE;
        known = new double[features.size()];
        knownFlag = false;
    }

    private void take(ClickEvent event) {
        if (isOverQuota(event)) {
            out.refused();
        } else if (isDuplicate(event)) {
            out.duplicate();
        } else {
            out.counted();
            histories.forEach(history -> history.count(event, clock));
        }
    }

    private void erase(long lifeClock) {
        onTimer(lifeClock);
        reportOver();
        long start = alive ? incarnation : lifeClock;
        long time = alive ? Math.max(lifeClock, clock) : lifeClock;
        alive = false;
        out.update(update(UserUpdate.Kind.ERASURE, start, time, false, NO_VALUES));
        out.vote(Vote.erasure(hash, lifeClock));
    }

    /** After the clock: a vote, an age, a pane's leaving, the end of a minute over the quota, the exit. */
    private OptionalLong nextMoment() {
        TreeSet<Long> all = new TreeSet<>();
        long interval = options.voteInterval().toMillis();
        long vote = Math.floorDiv(clock, interval) * interval + Math.floorMod(hash, interval);
        all.add(vote > clock ? vote : vote + interval);
        for (int i = 0; i < features.size(); i++) {
            SlowFeature history = histories.get(i);
            if (isClusteredRecency(i)) {
                all.add(nextAge(history.since()));
            }
            if (takesPartInDistances(i)) {
                history.nextLeaving(clock, hash).ifPresent(all::add);
            }
        }
        if (pendingOver > 0) {
            all.add(endOfMinute(clock));
        }
        all.add(lastEvent + options.exitAfter().toMillis());
        Long next = all.higher(clock);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** The next of 1, 2, 4, 8 ... days. */
    private long nextAge(long since) {
        long age = DAY;
        while (since + age <= clock) {
            age *= 2;
        }
        return since + age;
    }

    private boolean isClusteredRecency(int i) {
        return features.features().get(i).kind() == FeatureKind.RECENCY && takesPartInDistances(i);
    }

    /** Itself, or in a ratio that does. */
    private boolean takesPartInDistances(int i) {
        String name = features.features().get(i).name();
        return features.features().stream()
                .filter(FeatureSpec::clustered)
                .anyMatch(
                        f ->
                                f.name().equals(name)
                                        || name.equals(f.numerator())
                                        || name.equals(f.denominator()));
    }

    private void moment(long time) {
        boolean exit = time == lastEvent + options.exitAfter().toMillis();
        if (exit || time >= endOfMinute(clock)) {
            reportOver();
        }
        moveTo(time);
        if (exit) {
            alive = false;
            out.update(update(UserUpdate.Kind.EXPIRY, incarnation, time, flagged(), NO_VALUES));
            return;
        }
        long interval = options.voteInterval().toMillis();
        boolean vote = Math.floorMod(time - Math.floorMod(hash, interval), interval) == 0;
        if (changed() || vote || agedClusteredRecency()) {
            announce();
        }
        if (vote && !flagged()) {
            long number = Math.floorDiv(time, interval);
            long priority = Hashes.of(hash, number);
            out.vote(
                    new Vote(
                            false, hash, time, number, priority, features.fingerprint(), values()));
        }
    }

    private void moveTo(long time) {
        if (endOfMinute(time) != endOfMinute(clock)) {
            inClockMinute = 0;
        }
        clock = time;
    }

    private boolean agedClusteredRecency() {
        for (int i = 0; i < features.size(); i++) {
            long age = isClusteredRecency(i) ? clock - histories.get(i).since() : 0;
            if (age > 0 && age % DAY == 0 && Long.bitCount(age / DAY) == 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value in distances is not what it was, a recency that merely grows apart. */
    private boolean changed() {
        double[] now = new double[features.size()];
        boolean changed = knownFlag != flagged();
        for (int i = 0; i < now.length; i++) {
            boolean ratio = features.features().get(i).kind() == FeatureKind.RATIO;
            now[i] = ratio ? 0 : histories.get(i).measure(clock);
            changed |= now[i] != known[i] && takesPartInDistances(i);
        }
        known = now;
        knownFlag = flagged();
        return changed;
    }

    /** In own units: recencies in days, ratios of the others. */
    private double[] values() {
        double[] values = new double[features.size()];
        for (int i = 0; i < values.length; i++) {
            FeatureSpec spec = features.features().get(i);
            values[i] =
                    spec.kind() == FeatureKind.RATIO
                            ? ratio(value(spec.numerator()), value(spec.denominator()))
                            : value(spec.name());
        }
        return values;
    }

    private double value(String feature) {
        int i = features.indexOf(feature);
        return features.features().get(i).kind() == FeatureKind.RECENCY
                ? Math.max(0, clock - known[i]) / DAY
                : known[i];
    }

    private static double ratio(double numerator, double denominator) {
        return denominator == 0 ? 0 : Math.min(1e12, numerator / denominator);
    }

    private boolean isDuplicate(ClickEvent event) {
        long dedup = options.dedup().toMillis();
        firstUses.removeIf(use -> use[1] < clock - dedup);
        for (long[] use : firstUses) {
            if (use[0] == event.eventIdHash() && Math.abs(use[1] - event.time()) <= dedup) {
                return true;
            }
        }
        firstUses.add(new long[] {event.eventIdHash(), event.time()});
        return false;
    }

    /** A count is kept for the minute of the clock only; older events are within the quota. */
    private boolean isOverQuota(ClickEvent event) {
        if (endOfMinute(event.time()) != endOfMinute(clock)) {
            return false;
        }
        inClockMinute++;
        if (inClockMinute <= options.quotaPerMinute()) {
            return false;
        }
        pendingOver++;
        violation = endOfMinute(clock) - MINUTE;
        return true;
    }

    private void reportOver() {
        if (alive && pendingOver > 0) {
            out.overQuota(userId, endOfMinute(clock) - MINUTE, pendingOver);
            pendingOver = 0;
        }
    }

    private boolean flagged() {
        return violation != Long.MIN_VALUE && clock - violation < DAY;
    }

    private void announce() {
        out.update(update(UserUpdate.Kind.VECTOR, incarnation, clock, flagged(), values()));
    }

    private UserUpdate update(
            UserUpdate.Kind kind, long life, long time, boolean flagged, double[] values) {
        return new UserUpdate(kind, userId, life, time, features.fingerprint(), flagged, values);
    }

    private static long endOfMinute(long time) {
        return (Math.floorDiv(time, MINUTE) + 1) * MINUTE;
    }
}
