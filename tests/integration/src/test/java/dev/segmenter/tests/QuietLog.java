// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.file.EventFileReader;
import dev.segmenter.schemas.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every fourth user of a real log, in order of time; from a moment on nothing comes from those of one
 * partition.
 *
 * @param before events up to that moment
 * @param after events of the others behind it
 */
record QuietLog(List<Event> before, List<Event> after) {
    private static final int ONE_IN = 4;
    private static final int QUIET_PARTITION = 0;

    /** A moment of one user. */
    record Moment(String user, Instant time) {}

    /** Reads it, all times moved on by a span. */
    static QuietLog read(Path file, Duration movedBy, Instant quietFrom) throws IOException {
        QuietLog log = new QuietLog(new ArrayList<>(), new ArrayList<>());
        try (EventFileReader reader = EventFileReader.open(file, ColumnMapping.standard())) {
            for (InputRecord record = reader.next(); record != null; record = reader.next()) {
                Event event = record.event();
                if (Math.floorMod(event.getUserId().hashCode(), ONE_IN) == 0) {
                    // So that no id is a part of another, or of a number.
                    event.setUserId("<" + event.getUserId() + ">");
                    event.setEventTime(event.getEventTime().plus(movedBy));
                    log.add(event, quietFrom);
                }
            }
        }
        return log;
    }

    private void add(Event event, Instant quietFrom) {
        if (event.getEventTime().isBefore(quietFrom)) {
            before.add(event);
        } else if (!isQuiet(event.getUserId())) {
            after.add(event);
        }
    }

    Set<String> quietUsers() {
        Set<String> users = new HashSet<>();
        before.stream().map(Event::getUserId).filter(QuietLog::isQuiet).forEach(users::add);
        return users;
    }

    /** Every moment up to an end at which a user had done nothing for a span. */
    List<Moment> silentFor(Duration span, Instant end) {
        Map<String, TreeSet<Instant>> acted = new TreeMap<>();
        for (Collection<Event> part : List.of(before, after)) {
            part.forEach(
                    event ->
                            acted.computeIfAbsent(event.getUserId(), user -> new TreeSet<>())
                                    .add(event.getEventTime()));
        }
        List<Moment> moments = new ArrayList<>();
        acted.forEach(
                (user, times) -> {
                    for (Instant time : times) {
                        Instant next = times.higher(time);
                        Instant moment = time.plus(span);
                        boolean silent = next == null || !next.isBefore(moment);
                        if (silent && !moment.isAfter(end)) {
                            moments.add(new Moment(user, moment));
                        }
                    }
                });
        return moments;
    }

    static boolean isQuiet(String user) {
        return Stage.partitionOf(user) == QUIET_PARTITION;
    }
}
