// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import dev.segmenter.quickstart.synthetic.Persona.Habits;
import dev.segmenter.quickstart.synthetic.Persona.Rhythm;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One user: sessions come as a Poisson process thinned by persona, activity and season; a session is a
 * funnel of views, favourites, carts, purchases and, days later, cancels.
 */
final class SyntheticUser {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(90).toMillis();
    private static final double MILLIS_PER_YEAR = 365.25 * DAY;
    private static final double SEASON = 0.2;

    private final String id;
    private final double activity;
    private final double driftPerDay;
    private final long phase;
    private final SplittableRandom random;
    private Persona persona;
    private long nextSession;
    private long nextPersona;
    private long events;
    private long sessions;

    /** Begins its life at {@code start}, ms, with the first session somewhat later. */
    SyntheticUser(
            String id,
            Persona persona,
            double activity,
            double driftPerDay,
            long start,
            SplittableRandom random) {
        this.id = id;
        this.persona = persona;
        this.activity = activity;
        this.driftPerDay = driftPerDay;
        this.random = random;
        this.phase = random.nextLong(Rhythm.CYCLE_DAYS * DAY);
        this.nextPersona = driftPerDay > 0 ? start + exponential(driftPerDay) : Long.MAX_VALUE;
        this.nextSession = sessionAfter(start);
    }

    String id() {
        return id;
    }

    Persona persona() {
        return persona;
    }

    long nextSession() {
        return nextSession;
    }

    /** Events of the session that is due, by event time but for cancels; schedules the next one. */
    List<Event> shop() {
        while (nextSession >= nextPersona) {
            persona = anotherPersona();
            nextPersona += exponential(driftPerDay);
        }
        List<Event> funnel = new ArrayList<>();
        long end = walkThrough(funnel);
        nextSession = sessionAfter(end);
        return funnel;
    }

    private long walkThrough(List<Event> funnel) {
        Habits habits = persona.habits();
        String session = id + "-s" + ++sessions;
        List<Choice> cart = new ArrayList<>();
        long time = nextSession;
        int views = geometric(habits.viewsPerSession());
        for (int i = 0; i < views; i++) {
            Choice choice = choose(habits);
            funnel.add(event("view", choice, time += pause(), session));
            if (happens(habits.favourite())) {
                funnel.add(event("favorite", choice, time += pause(), session));
            }
            if (happens(habits.cart())) {
                funnel.add(event("cart", choice, time += pause(), session));
                cart.add(choice);
            }
        }
        for (Choice choice : cart) {
            if (happens(habits.purchase())) {
                funnel.add(event("purchase", choice, time += pause(), session));
                if (happens(habits.cancel())) {
                    long later = time + DAY + random.nextLong(2 * DAY);
                    funnel.add(event("cancel", choice, later, session));
                }
            }
        }
        return time;
    }

    private Choice choose(Habits habits) {
        return new Choice(Shop.drawItem(random), Shop.drawPrice(random, habits.price()));
    }

    private Event event(String type, Choice choice, long time, String session) {
        return Event.newBuilder()
                .setEventId(id + "-e" + ++events)
                .setUserId(id)
                .setEventTime(Instant.ofEpochMilli(time))
                .setEventType(type)
                .setItemId(Shop.itemName(choice.item()))
                .setCategory(Shop.categoryOf(choice.item()))
                .setPrice(choice.price())
                .setSessionId(session)
                .build();
    }

    /** Whole days apart by the rate, then moved to an hour at which people shop. */
    private long sessionAfter(long time) {
        double season = 1 + SEASON * StrictMath.sin(2 * StrictMath.PI * time / MILLIS_PER_YEAR);
        double rate = persona.habits().sessionsPerDay() * activity * season;
        long day = (time + exponential(rate)) / DAY * DAY;
        if (persona.rhythm() == Rhythm.BURSTS) {
            day = intoBurst(day);
        }
        long session = day + DayRhythm.draw(random);
        return session > time ? session : session + DAY;
    }

    private long intoBurst(long day) {
        long cycle = Rhythm.CYCLE_DAYS * DAY;
        long since = Math.floorMod(day + phase, cycle);
        return since < Rhythm.ACTIVE_DAYS * DAY ? day : day + (cycle - since) / DAY * DAY;
    }

    private Persona anotherPersona() {
        List<Persona> others = Arrays.stream(Persona.values()).filter(p -> p != persona).toList();
        return others.get(random.nextInt(others.size()));
    }

    private long pause() {
        return 1_000 + random.nextLong(LONGEST_PAUSE);
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Milliseconds until the next event of a Poisson process with this rate a day. */
    private long exponential(double perDay) {
        return (long) (-StrictMath.log(1 - random.nextDouble()) / perDay * DAY);
    }

    /** At least 1, with this mean. */
    private int geometric(double mean) {
        if (mean <= 1) {
            return 1;
        }
        double failure = 1 - 1 / mean;
        return 1 + (int) (StrictMath.log(1 - random.nextDouble()) / StrictMath.log(failure));
    }

    private record Choice(int item, double price) {}
}
