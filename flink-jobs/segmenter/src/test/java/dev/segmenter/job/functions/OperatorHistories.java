// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.functions.OperatorHistory.Arrival;
import dev.segmenter.job.functions.OperatorHistory.Restart;
import dev.segmenter.job.functions.OperatorHistory.Step;
import dev.segmenter.job.functions.OperatorHistory.Tick;
import dev.segmenter.job.functions.OperatorHistory.Training;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.oracle.OracleSettings;
import dev.segmenter.oracle.RawEvent;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/**
 * Random histories, each from one seed: up to five users in two partitions over days, with bursts,
 * gaps up to beyond the exit, disorder, late and repeated events, bots and erasures.
 */
final class OperatorHistories {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = Plane.HOUR;
    private static final long DAY = Plane.DAY;
    private static final List<String> TYPES = List.of("view", "cart", "purchase", "scroll");

    /** What is held fixed in a history. */
    enum Kept {
        NOTHING,
        MODEL,
        VECTORS,
        SEGMENTS_ALIVE
    }

    private final Random random;

    /** Of what a history does not show: the same seed stays the same history. */
    private final Random hidden;

    private final Kept kept;
    private final long disorder;
    private final int users;
    private final List<Event> sent = new ArrayList<>();
    private long now = Plane.START;

    private OperatorHistories(long seed, Kept kept) {
        this.random = new Random(seed);
        this.hidden = new Random(~seed);
        this.kept = kept;
        this.disorder = pick(MINUTE, 5 * MINUTE, HOUR);
        this.users = 1 + random.nextInt(5);
    }

    static OperatorHistory random(long seed, Kept kept) {
        return new OperatorHistories(seed, kept).history();
    }

    private OperatorHistory history() {
        FeatureSet features =
                kept == Kept.VECTORS
                        ? OperatorFeatures.STILL
                        : random.nextBoolean() ? OperatorFeatures.PLAIN : OperatorFeatures.MIXED;
        List<RawEvent> records = shuffled(records());
        long silence = random.nextInt(3) == 0 ? random.nextLong(8 * DAY) : 0;
        long end = now + (kept == Kept.VECTORS ? 5 * DAY : silence);
        List<CentroidSnapshot> snapshots =
                new OperatorModels(random, features, kept, disorder)
                        .between(kept == Kept.VECTORS ? now : Plane.START, end, moments(end));
        List<CacheOptions> caches =
                List.of(
                        Caches.NONE,
                        Caches.ONE_USER,
                        Caches.SMALL,
                        Caches.LARGE_WRITTEN,
                        Caches.LARGE);
        return new OperatorHistory(
                settings(features),
                disorder,
                snapshots,
                steps(records),
                end,
                caches.get(hidden.nextInt(caches.size())),
                // It takes a hundred times as long to open.
                hidden.nextInt(20) == 0);
    }

    private List<Long> moments(long end) {
        List<Long> moments = new ArrayList<>();
        moments.add(end);
        sent.forEach(event -> moments.add(event.getEventTime().toEpochMilli()));
        return moments;
    }

    private OracleSettings settings(FeatureSet features) {
        long stay = pick(0, HOUR, 6 * HOUR, DAY, 2 * DAY);
        long confirmation = stay == 0 ? pick(0, 2 * HOUR) : random.nextLong(stay + 1);
        Guards guards =
                new Guards(
                        pick(0, 10, 25) / 100.0,
                        Duration.ofMillis(stay),
                        Duration.ofMillis(confirmation));
        long from =
                random.nextInt(4) == 0 ? Plane.START + random.nextLong(4 * DAY) : Long.MIN_VALUE;
        RollOptions roll =
                new RollOptions(
                        Duration.ofMinutes(10),
                        64,
                        Duration.ofMinutes(30),
                        Duration.ofMillis(kept == Kept.VECTORS ? 90 * DAY : pick(2, 3, 10) * DAY),
                        Duration.ofMillis(pick(HOUR, 6 * HOUR, DAY)),
                        3,
                        16,
                        Duration.ofHours(2));
        AssignOptions assign = new AssignOptions(guards, from, features.largestClusteredWindow());
        return new OracleSettings(features, roll, assign, Duration.ofMillis(disorder));
    }

    private List<RawEvent> records() {
        List<RawEvent> records = new ArrayList<>();
        for (int left = 1 + random.nextInt(45); left > 0; left--) {
            now += gap();
            String user = "u" + random.nextInt(users);
            int partition = user.hashCode() & 1;
            if (kept != Kept.VECTORS && random.nextInt(30) == 0) {
                records.add(RawEvent.erasure(partition, user));
            } else {
                int burst = random.nextInt(15) == 0 ? 6 : 1;
                for (int i = 0; i < burst; i++) {
                    records.add(RawEvent.of(partition, event(user)));
                }
            }
        }
        return records;
    }

    private long gap() {
        if (kept == Kept.VECTORS) {
            return random.nextLong(MINUTE);
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> 0;
            case 2, 3, 4 -> random.nextLong(MINUTE);
            case 5, 6, 7 -> random.nextLong(HOUR);
            case 8, 9 -> HOUR * random.nextInt(30);
            case 10 -> random.nextLong(2 * DAY);
            default -> random.nextLong(4 * DAY);
        };
    }

    private Event event(String user) {
        long behind =
                switch (random.nextInt(12)) {
                    case 0 -> random.nextLong(3 * disorder);
                    case 1, 2, 3 -> random.nextLong(disorder + 1);
                    case 4 -> now % HOUR;
                    default -> 0;
                };
        boolean repeats = !sent.isEmpty() && random.nextInt(8) == 0;
        String id = repeats ? any(sent).getEventId() : "e" + sent.size();
        Event event =
                new Event(
                        id,
                        user,
                        Instant.ofEpochMilli(now - behind),
                        any(TYPES),
                        random.nextInt(5) == 0 ? null : "i" + random.nextInt(25),
                        random.nextInt(3) == 0 ? null : "c" + random.nextInt(4),
                        random.nextInt(3) == 0 ? null : random.nextInt(2000) / 100.0,
                        null,
                        Map.of());
        sent.add(event);
        return event;
    }

    /** One partition may run ahead of the other; each keeps its own order. */
    private List<RawEvent> shuffled(List<RawEvent> records) {
        if (random.nextBoolean()) {
            return records;
        }
        List<Queue<RawEvent>> partitions = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        records.forEach(record -> partitions.get(record.partition()).add(record));
        List<RawEvent> shuffled = new ArrayList<>();
        while (shuffled.size() < records.size()) {
            RawEvent next = partitions.get(random.nextInt(2)).poll();
            if (next != null) {
                shuffled.add(next);
            }
        }
        return shuffled;
    }

    private List<Step> steps(List<RawEvent> records) {
        // Restarts cost most of the time: two histories of three do without.
        boolean restarts = random.nextInt(3) == 0;
        List<Step> steps = new ArrayList<>();
        for (RawEvent record : records) {
            steps.add(new Arrival(record));
            if (random.nextInt(3) == 0) {
                steps.add(new Tick());
            }
            if (random.nextInt(5) == 0) {
                steps.add(new Training(random.nextInt(3) / 2.0));
            }
            if (restarts && random.nextInt(20) == 0) {
                steps.add(new Restart(1 << random.nextInt(3), hidden.nextInt(12)));
            }
        }
        return steps;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private long pick(long... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
