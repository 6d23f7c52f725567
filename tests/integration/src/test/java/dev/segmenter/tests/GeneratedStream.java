// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.synthetic.Disturbances;
import dev.segmenter.quickstart.synthetic.EventGenerator;
import dev.segmenter.quickstart.synthetic.GeneratorOptions;
import dev.segmenter.quickstart.synthetic.SyntheticRecord;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Some days of synthetic users with every kind of trouble: faults, a bot, and users who are erased. */
final class GeneratedStream {
    static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    static final Duration LENGTH = Duration.ofDays(9);
    static final String BOT = "bot";
    static final int BOT_EVENTS = 50;

    private static final int USERS = 600;
    private static final int RECORDS_PER_ERASURE = 1_000;

    private final List<SyntheticRecord> records;
    private final Set<String> erased = new TreeSet<>();

    GeneratedStream(long seed) {
        Disturbances faults = new Disturbances(0.01, 0.02, 0.01, 0.005);
        records =
                new EventGenerator(new GeneratorOptions(USERS, seed, START, 0.3, faults))
                        .nextUntil(START.plus(LENGTH));
    }

    /** Event time of the last valid event, ms. */
    long endTime() {
        return records.stream()
                .filter(record -> record.kind() == SyntheticRecord.Kind.NORMAL)
                .mapToLong(record -> record.input().event().getEventTime().toEpochMilli())
                .max()
                .orElseThrow();
    }

    /** How many records there are of one kind. */
    long count(SyntheticRecord.Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).count();
    }

    /** Users who asked to be forgotten; known once the stream was sent. */
    Set<String> erased() {
        return erased;
    }

    void sendTo(EventFeed feed) {
        int sent = 0;
        for (SyntheticRecord record : records) {
            feed.send(record.input());
            sent++;
            if (sent % RECORDS_PER_ERASURE == 0) {
                erase(record.input().userId(), feed);
            }
            if (sent == records.size() / 2) {
                sendBot(record.arrival(), feed);
            }
        }
    }

    private void erase(String userId, EventFeed feed) {
        if (userId != null && userId.startsWith("user-")) {
            erased.add(userId);
            feed.send(InputRecord.of(event("erase", userId, 0, "$erase")));
        }
    }

    private static void sendBot(long time, EventFeed feed) {
        long minute = time - time % 60_000;
        for (int i = 0; i < BOT_EVENTS; i++) {
            feed.send(InputRecord.of(event("bot-" + i, BOT, minute + i, "view")));
        }
    }

    private static Event event(String id, String userId, long time, String type) {
        return new Event(
                id, userId, Instant.ofEpochMilli(time), type, "item", null, null, null, Map.of());
    }
}
