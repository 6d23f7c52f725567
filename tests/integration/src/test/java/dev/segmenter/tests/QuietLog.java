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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every fourth user of a real log; from a moment on nothing comes from those of one partition.
 *
 * @param events in order of time
 * @param quietFrom that moment
 */
record QuietLog(List<Event> events, Instant quietFrom) {
    /** Of an id. Between brackets, so that no id is a part of another, or of a number. */
    static final Pattern USER = Pattern.compile("<[0-9]+>");

    private static final int ONE_IN = 4;
    private static final int QUIET_PARTITION = 0;

    /** Reads what is before an end, all times moved on by a span. */
    static QuietLog read(Path file, Duration movedBy, Instant quietFrom, Instant until)
            throws IOException {
        QuietLog log = new QuietLog(new ArrayList<>(), quietFrom);
        try (EventFileReader reader = EventFileReader.open(file, ColumnMapping.standard())) {
            for (InputRecord record = reader.next(); record != null; record = reader.next()) {
                Event event = record.event();
                if (Math.floorMod(event.getUserId().hashCode(), ONE_IN) == 0) {
                    event.setUserId("<" + event.getUserId() + ">");
                    event.setEventTime(event.getEventTime().plus(movedBy));
                    log.add(event, until);
                }
            }
        }
        return log;
    }

    private void add(Event event, Instant until) {
        Instant time = event.getEventTime();
        boolean comes = time.isBefore(quietFrom) || !isQuiet(event.getUserId());
        if (comes && time.isBefore(until)) {
            events.add(event);
        }
    }

    /** All events in order, those of one span of event time after those of the one before. */
    List<List<Event>> steps(Duration span) {
        Instant start = events.get(0).getEventTime();
        TreeMap<Long, List<Event>> steps = new TreeMap<>();
        for (Event event : events) {
            long step = Duration.between(start, event.getEventTime()).dividedBy(span);
            steps.computeIfAbsent(step, number -> new ArrayList<>()).add(event);
        }
        return List.copyOf(steps.values());
    }

    Set<String> quietUsers() {
        return users(event -> isQuiet(event.getUserId()));
    }

    /** Users that do nothing from a moment on. */
    Set<String> silentSince(Instant moment) {
        Set<String> silent = users(event -> event.getEventTime().isBefore(moment));
        silent.removeAll(users(event -> !event.getEventTime().isBefore(moment)));
        return silent;
    }

    private Set<String> users(Predicate<Event> of) {
        return events.stream().filter(of).map(Event::getUserId).collect(Collectors.toSet());
    }

    /** The moments of each user, if any, at which it had done nothing for a span; up to an end. */
    Map<String, List<Instant>> silentFor(Duration span, Instant end) {
        Map<String, TreeSet<Instant>> acted = new TreeMap<>();
        for (Event event : events) {
            acted.computeIfAbsent(event.getUserId(), user -> new TreeSet<>())
                    .add(event.getEventTime());
        }
        Map<String, List<Instant>> silent = new TreeMap<>();
        acted.forEach(
                (user, times) -> {
                    List<Instant> moments =
                            times.stream()
                                    .filter(time -> isSilent(times.higher(time), time.plus(span)))
                                    .map(time -> time.plus(span))
                                    .filter(moment -> !moment.isAfter(end))
                                    .toList();
                    if (!moments.isEmpty()) {
                        silent.put(user, moments);
                    }
                });
        return silent;
    }

    private static boolean isSilent(Instant next, Instant moment) {
        return next == null || !next.isBefore(moment);
    }

    static boolean isQuiet(String user) {
        return Stage.partitionOf(user) == QUIET_PARTITION;
    }
}
