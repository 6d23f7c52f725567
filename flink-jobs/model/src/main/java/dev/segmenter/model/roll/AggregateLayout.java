// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a {@link UserState}: the quota, recent event ids, the aggregates in order, and what is measured of
 * them, which is not stored. The aggregates have one key each, "KIND|pane ms|types". Equal keys mean the same
 * series, whatever feature set they come from.
 */
final class AggregateLayout {
    private static final String FORMAT = "user-state-1";

    /** Sections before the aggregates. */
    private static final int BEFORE = 2;

    private final List<String> keys;
    private final Aggregate[] aggregates;
    private final MinuteQuota quota = new MinuteQuota(0);
    private final RecentIds ids = new RecentIds(1);
    private final Sections empty;

    /** The last other instance found equal: a state passes between two of them with every event. */
    private AggregateLayout twin;

    AggregateLayout(List<String> keys) {
        this.keys = List.copyOf(keys);
        this.aggregates = new Aggregate[keys.size()];
        for (int i = 0; i < aggregates.length; i++) {
            String kind = keys.get(i).substring(0, keys.get(i).indexOf('|'));
            aggregates[i] = AggregateKind.valueOf(kind).create(BEFORE + i);
        }
        this.empty = new Sections();
        empty.clear(count());
        quota.open(empty);
        ids.open(empty);
        for (Aggregate aggregate : aggregates) {
            aggregate.open(empty);
        }
        empty.open(measure(), 0);
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

    private int count() {
        return measure() + 1;
    }

    /** The section of what is measured; empty until it is. */
    int measure() {
        return BEFORE + aggregates.length;
    }

    /** Of a user to whom nothing has happened yet; not to be changed. */
    Sections empty() {
        return empty;
    }

    MinuteQuota quota() {
        return quota;
    }

    RecentIds ids() {
        return ids;
    }

    Aggregate aggregate(int i) {
        return aggregates[i];
    }

    void write(Sections user, DataOutput out, long clock) throws IOException {
        quota.write(user, out, clock);
        ids.write(user, out, clock);
        for (Aggregate aggregate : aggregates) {
            aggregate.write(user, out, clock);
        }
    }

    void read(Sections user, DataInput in, long clock) throws IOException {
        user.clear(count());
        quota.read(user, in, clock);
        ids.read(user, in, clock);
        for (Aggregate aggregate : aggregates) {
            aggregate.read(user, in, clock);
        }
        user.open(measure(), 0);
    }

    /** Sections of another layout brought into this order; dropped ones vanish, new ones are empty. */
    Sections adapt(AggregateLayout from, Sections user) {
        Sections adapted = new Sections();
        adapted.clear(count());
        for (int section = 0; section < BEFORE; section++) {
            adapted.openLike(user, section, section);
        }
        for (int i = 0; i < aggregates.length; i++) {
            int before = from.keys.indexOf(keys.get(i));
            if (before < 0) {
                aggregates[i].open(adapted);
            } else {
                adapted.openLike(user, BEFORE + before, BEFORE + i);
            }
        }
        adapted.open(measure(), 0);
        return adapted;
    }
}
