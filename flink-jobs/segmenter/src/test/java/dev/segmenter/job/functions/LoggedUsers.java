// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.schemas.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** A real log in the common columns, in order of time, and when each of its users acted. */
record LoggedUsers(List<Event> events, Map<String, TreeSet<Long>> times) {

    /** A moment of one user, event time, ms. */
    record Moment(String user, long time) {}

    /** Reads it, all times moved on by a span; skips the test where the folder of logs has no such file. */
    static LoggedUsers read(String name, Duration movedBy) throws IOException {
        Path file =
                Path.of(System.getenv().getOrDefault("SEGMENTER_DATA", "../../../shared/data"))
                        .resolve("dev")
                        .resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file),
                () ->
                        "skipped: there is no "
                                + file
                                + "; set SEGMENTER_DATA to the folder of logs");
        List<Event> events = new ArrayList<>();
        Map<String, TreeSet<Long>> times = new TreeMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Event event = event(line.split(",", -1), movedBy);
                events.add(event);
                times.computeIfAbsent(event.getUserId(), user -> new TreeSet<>())
                        .add(event.getEventTime().toEpochMilli());
            }
        }
        return new LoggedUsers(events, times);
    }

    private static Event event(String[] cells, Duration movedBy) {
        return Event.newBuilder()
                .setEventTime(Instant.ofEpochMilli(Long.parseLong(cells[0])).plus(movedBy))
                .setEventId(cells[1])
                .setUserId(cells[2])
                .setEventType(cells[3])
                .setItemId(cells[4])
                .setCategory(cells[5])
                .setPrice(cells[6].isEmpty() ? null : Double.valueOf(cells[6]))
                .build();
    }

    boolean acted(Moment moment) {
        return times.get(moment.user()).contains(moment.time());
    }

    /** Every moment at which a user had been silent for a span, also after the end of the log. */
    List<Moment> silentFor(Duration span) {
        List<Moment> moments = new ArrayList<>();
        times.forEach(
                (user, acted) -> {
                    for (long time : acted) {
                        long end = time + span.toMillis();
                        Long next = acted.higher(time);
                        if (next == null || next >= end) {
                            moments.add(new Moment(user, end));
                        }
                    }
                });
        return moments;
    }
}
