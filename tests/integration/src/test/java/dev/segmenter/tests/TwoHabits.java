// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A few buyers and browsers who act every six hours. Kept savepoints hold offsets into {@link #before()}:
 * it must never change.
 */
final class TwoHabits {
    static final int USERS = 40;
    static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    static final Instant TURN = START.plus(Duration.ofDays(5));

    static final Duration STEP = Duration.ofHours(6);
    private static final Instant ERASURE = TURN.plus(Duration.ofDays(8));
    static final Instant END = TURN.plus(Duration.ofDays(9));
    private static final int VIEWS = 5;

    private TwoHabits() {}

    static List<String> users() {
        return IntStream.range(0, USERS).mapToObj(TwoHabits::name).toList();
    }

    /** Days in which even users buy and odd ones browse. */
    static List<Event> before() {
        List<Event> events = new ArrayList<>();
        for (Instant time = START; time.isBefore(TURN); time = time.plus(STEP)) {
            for (int user = 0; user < USERS; user++) {
                act(user, user % 2 == 0, time, events);
            }
        }
        return events;
    }

    /**
     * First an event that is late by a day. Then, by user number modulo 4: 0 and 1 go on and are erased
     * at last, 2 turns from buying to browsing, 3 is silent.
     */
    static List<Event> after() {
        List<Event> events = new ArrayList<>();
        events.add(event("late", name(0), TURN.minus(Duration.ofDays(1)), "view", null));
        for (Instant time = TURN; time.isBefore(END); time = time.plus(STEP)) {
            for (int user = 0; user < USERS; user++) {
                if (user % 4 == 2 || (user % 4 < 2 && time.isBefore(ERASURE))) {
                    act(user, user % 4 == 0, time, events);
                } else if (user % 4 < 2 && time.equals(ERASURE)) {
                    events.add(event("gone", name(user), time, "$erase", null));
                }
            }
        }
        return events;
    }

    /** What some users do at a step as long as they keep their habit. */
    static List<Event> habits(Instant step, Predicate<String> who) {
        List<Event> events = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            if (who.test(name(user))) {
                act(user, user % 2 == 0, step, events);
            }
        }
        return events;
    }

    /** One event in each partition, of users of their own: no partition holds the clock back before it. */
    static List<Event> everywhere(Instant time) {
        Map<Integer, Event> events = new TreeMap<>();
        for (int i = 0; events.size() < Stage.PARTITIONS; i++) {
            String user = "bell-" + i;
            Event event = event(user + "-" + time.toEpochMilli(), user, time, "view", null);
            events.putIfAbsent(Stage.partitionOf(user), event);
        }
        return List.copyOf(events.values());
    }

    private static void act(int user, boolean buys, Instant step, List<Event> events) {
        Instant time = step.plus(Duration.ofMinutes(user));
        String id = name(user) + "-" + time.toEpochMilli();
        if (buys) {
            events.add(event(id, name(user), time, "purchase", 20.0 + user % 7));
            return;
        }
        for (int i = 0; i < VIEWS; i++) {
            events.add(event(id + "-" + i, name(user), time.plusSeconds(i), "view", null));
        }
    }

    private static String name(int user) {
        return "user-" + user;
    }

    private static Event event(String id, String user, Instant time, String type, Double price) {
        return new Event(id, user, time, type, "item-" + id, null, price, null, Map.of());
    }
}
