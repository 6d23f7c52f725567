// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.synthetic.SyntheticRecord.Kind;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * An endless stream of synthetic users' records in order of arrival, equal for equal options.
 *
 * <p>Users have personas (spread evenly) and an activity by Zipf's law over their rank (exponent 0.4, mean
 * 1). The user whose session is due next shops; its events wait in a queue until they arrive. Not safe for
 * use by several threads at once.
 */
public final class EventGenerator {
    /** An event in time arrives within this long, its duplicate within twice as long. */
    public static final Duration DISORDER = Duration.ofMinutes(2);

    private static final Duration LATE_AT_LEAST = Duration.ofHours(25);
    private static final Duration LATE_AT_MOST = Duration.ofDays(3);
    private static final double ZIPF_EXPONENT = 0.4;
    private static final double DAYS_OF_DRIFT = 30;

    private final Disturbances disturbances;
    private final SplittableRandom random;
    private final Faults faults;
    private final Map<String, SyntheticUser> users = new HashMap<>();
    private final PriorityQueue<SyntheticUser> sessions =
            new PriorityQueue<>(
                    Comparator.comparingLong(SyntheticUser::nextSession)
                            .thenComparing(SyntheticUser::id));
    private final PriorityQueue<Pending> arrivals =
            new PriorityQueue<>(
                    Comparator.comparingLong((Pending p) -> p.record().arrival())
                            .thenComparingLong(Pending::number));
    private long number;

    /** Creates the users; none has shopped yet. */
    public EventGenerator(GeneratorOptions options) {
        this.disturbances = options.disturbances();
        SplittableRandom root = new SplittableRandom(options.seed());
        this.random = root.split();
        this.faults = new Faults(root.split());
        long start = options.start().toEpochMilli();
        double driftPerDay = -StrictMath.log1p(-Math.min(options.drift(), 0.999)) / DAYS_OF_DRIFT;
        for (int i = 0; i < options.users(); i++) {
            SplittableRandom own = root.split();
            Persona persona = Persona.values()[i % Persona.values().length];
            double activity = activity(own.nextInt(options.users()), options.users());
            String id = String.format("user-%06d", i + 1);
            add(new SyntheticUser(id, persona, activity, driftPerDay, start, own));
        }
    }

    /** The next record; its arrival is never before that of the record before. */
    public SyntheticRecord next() {
        generateNext();
        return arrivals.poll().record();
    }

    /** All further records that arrive before {@code end}. */
    public List<SyntheticRecord> nextUntil(Instant end) {
        List<SyntheticRecord> records = new ArrayList<>();
        generateNext();
        while (arrivals.peek().record().arrival() < end.toEpochMilli()) {
            records.add(next());
            generateNext();
        }
        return records;
    }

    /** What the user really is, as of the last session generated; null for an unknown user. */
    public Persona personaOf(String userId) {
        SyntheticUser user = users.get(userId);
        return user == null ? null : user.persona();
    }

    /** A session's records arrive after its start, so no later session can overtake the queue's head. */
    private void generateNext() {
        while (arrivals.isEmpty()
                || sessions.peek().nextSession() <= arrivals.peek().record().arrival()) {
            SyntheticUser user = sessions.poll();
            user.shop().forEach(this::report);
            sessions.add(user);
        }
    }

    private void add(SyntheticUser user) {
        users.put(user.id(), user);
        sessions.add(user);
    }

    private void report(Event event) {
        InputRecord input = InputRecord.of(event);
        long time = event.getEventTime().toEpochMilli();
        if (happens(disturbances.late())) {
            long delay = random.nextLong(LATE_AT_LEAST.toMillis(), LATE_AT_MOST.toMillis());
            await(new SyntheticRecord(input, Kind.LATE, time + delay));
            return;
        }
        long arrival = time + random.nextLong(DISORDER.toMillis());
        await(new SyntheticRecord(input, Kind.NORMAL, arrival));
        if (happens(disturbances.duplicate())) {
            long again = arrival + random.nextLong(DISORDER.toMillis());
            await(new SyntheticRecord(input, Kind.DUPLICATE, again));
        }
        if (happens(disturbances.invalid())) {
            await(new SyntheticRecord(faults.invalid(event), Kind.INVALID, arrival));
        }
        if (happens(disturbances.undecodable())) {
            await(new SyntheticRecord(faults.undecodable(input), Kind.UNDECODABLE, arrival));
        }
    }

    private void await(SyntheticRecord record) {
        arrivals.add(new Pending(record, number++));
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Zipf's law, continuous: rank^-s over its mean 1 / (1 - s). */
    private static double activity(int rank, int users) {
        return (1 - ZIPF_EXPONENT) * StrictMath.pow((rank + 1.0) / users, -ZIPF_EXPONENT);
    }

    /** Number breaks ties of arrival, so that the order is the same in each run. */
    private record Pending(SyntheticRecord record, long number) {}
}
