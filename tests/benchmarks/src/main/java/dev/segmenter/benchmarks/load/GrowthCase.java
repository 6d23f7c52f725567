// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * One point of a curve.
 *
 * @param axis what grows
 * @param value where on the axis
 */
record GrowthCase(String axis, String value, LoadOptions options) {
    static final String USERS = "users";
    static final String FEATURES = "features";
    static final String K = "K";
    static final String SKEW = "skew";
    static final String PARALLELISM = "parallelism";
    static final String PARTITIONS = "partitions";
    static final String DENSITY = "events a day";

    /** Events of a user and day, whatever the number of users. */
    private static final double EVENTS_PER_USER = 7;

    /** All, those that share a topic next to each other. */
    static List<GrowthCase> all(LoadOptions base) {
        List<GrowthCase> cases = new ArrayList<>();
        for (int features : new int[] {8, 16, 32}) {
            add(cases, FEATURES, features, base.with("features", features));
        }
        for (int k : new int[] {8, 64, 256}) {
            add(cases, K, k, base.with("k", k));
        }
        // Two subtasks are what the others have.
        add(cases, PARALLELISM, 1, base.with("parallelism", 1));
        for (int partitions : new int[] {2, 16}) {
            add(cases, PARTITIONS, partitions, base.with("partitions", partitions));
        }
        for (long perDay : new long[] {10_000_000, 100_000_000}) {
            add(cases, DENSITY, perDay, base.with("events-per-day", perDay));
        }
        add(cases, SKEW, "zipf:1.05", base.with("skew", "zipf:1.05"));
        add(cases, SKEW, "uniform", base.with("skew", "uniform"));
        add(cases, SKEW, "one user 30 %", base.with("skew", "top:0.30"));
        for (int users : base.growthUsers()) {
            long perDay = Math.max(1, (long) (EVENTS_PER_USER * users));
            add(cases, USERS, users, manyUsers(base, users).with("events-per-day", perDay));
        }
        return cases;
    }

    /** Measured once all of them have acted: a topic begins with one event of each, and its first 40 % are left out. */
    private static LoadOptions manyUsers(LoadOptions base, int users) {
        return base.with("users", users)
                .with("census", true)
                .with("events", Math.max(base.events(), 5L * users / 2))
                .with("skip", "10min")
                .with("limit", "5min");
    }

    private static void add(
            List<GrowthCase> cases, String axis, Object value, LoadOptions options) {
        cases.add(new GrowthCase(axis, value.toString(), options));
    }

    /** As in load.json. */
    String name() {
        return axis + "=" + value;
    }

    /** Whether both read the same events. */
    boolean sharesTopic(GrowthCase other) {
        LoadOptions a = options;
        LoadOptions b = other.options;
        return a.users() == b.users()
                && a.census() == b.census()
                && a.partitions() == b.partitions()
                && a.skewText().equals(b.skewText())
                && a.eventsPerDay() == b.eventsPerDay();
    }
}
