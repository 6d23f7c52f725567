// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Customers of real logs, one partition of which goes quiet in a live job while the others move on: they
 * slide, and leave at the moment that the raw log gives, and nothing is left of them.
 *
 * <p>Events come in steps of event time, each once the one before is rolled. No step is longer than the
 * disorder, so the clock never passes an event that is still to come, whichever partition is read first
 * or taken for idle. The first steps are shorter than a life, and the next one waits for a model, so that
 * nobody leaves without a segment: the raw log alone tells who leaves when.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class QuietLogsIT {
    private static final Duration EXIT_AFTER = Duration.ofDays(90);
    private static final Duration STEP = Duration.ofDays(7);
    private static final int STEPS_TO_FIRST_MODEL = 10;

    /** By so much the others go on behind the end, so that the clock of each of them passes it. */
    private static final Duration BEYOND = STEP.multipliedBy(3);

    private static final int SHOWN = 20;

    private static final Map<String, String> LIVE =
            Map.of(
                    "model.initial",
                    "none",
                    "parallelism",
                    "2",
                    "users.exit-after",
                    EXIT_AFTER.toDays() + "d",
                    "events.disorder",
                    STEP.toDays() + "d",
                    "events.lateness",
                    STEP.toDays() + "d",
                    "events.idle-timeout",
                    "2s",
                    SavepointFiles.COMPRESSION,
                    "false");

    @TempDir Path folder;

    /** What happened in 1997 is moved by ten years: events before 2000 are refused. */
    @ParameterizedTest
    @CsvSource({
        "online_retail.csv.gz, P0D, 2011-05-01T00:00:00Z",
        "cdnow.csv.gz, P3652D, 2007-05-01T00:00:00Z"
    })
    void usersOfAQuietPartition_leaveWithTheClockOfTheOthers(
            String name, Duration movedBy, Instant quietFrom) throws Exception {
        Instant end = quietFrom.plus(EXIT_AFTER);
        QuietLog log = QuietLog.read(RealFiles.find(name), movedBy, quietFrom, end.plus(BEYOND));
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = stage.config(null, "quiet", LIVE);
            JobClient job = stage.start(config, null);
            feed(stage, config, log);
            stage.awaitSnapshot(config, snapshot -> !snapshot.getCreatedAt().isBefore(end));
            SavepointFiles state = SavepointFiles.read(stage.stop(job));
            Outputs outputs = stage.outputs(config);

            assertThat(differences(log.silentFor(EXIT_AFTER, end), exits(outputs, end))).isEmpty();
            Set<String> gone = log.silentSince(quietFrom);
            assertThat(log.quietUsers()).isNotEmpty().isSubsetOf(gone);
            checkGone(gone, outputs, state);
            assertThat(movesInSilence(log, outputs)).isNotEmpty();
        }
    }

    private static void feed(Stage stage, SegmenterConfig config, QuietLog log)
            throws InterruptedException {
        List<List<Event>> steps = log.steps(STEP);
        send(stage, steps.subList(0, STEPS_TO_FIRST_MODEL));
        CentroidSnapshot first = stage.awaitSnapshot(config, snapshot -> true);
        assertThat(first.getEffectiveFrom())
                .isBefore(log.events().get(0).getEventTime().plus(EXIT_AFTER));
        send(stage, steps.subList(STEPS_TO_FIRST_MODEL, steps.size()));
    }

    private static void send(Stage stage, List<List<Event>> steps) throws InterruptedException {
        try (EventFeed feed = stage.feed()) {
            for (List<Event> step : steps) {
                long due = rolled(stage) + step.size();
                step.forEach(event -> feed.send(InputRecord.of(event)));
                feed.flush();
                while (rolled(stage) < due) {
                    Thread.sleep(10);
                }
            }
        }
    }

    private static long rolled(Stage stage) {
        return Stream.of(MetricNames.EVENTS_COUNTED, MetricNames.DUPLICATES, MetricNames.OVER_QUOTA)
                .mapToLong(stage.counters()::value)
                .sum();
    }

    private static Map<String, List<Instant>> exits(Outputs outputs, Instant end) {
        return outputs.allChanges().stream()
                .filter(change -> change.getCause() == Cause.EXPIRY)
                .filter(change -> !change.getEventTime().isAfter(end))
                .collect(
                        Collectors.groupingBy(
                                SegmentChange::getUserId,
                                TreeMap::new,
                                Collectors.mapping(
                                        SegmentChange::getEventTime, Collectors.toList())));
    }

    /** A line for each user, up to a readable number, that the log and the job do not agree on. */
    private static List<String> differences(
            Map<String, List<Instant>> silent, Map<String, List<Instant>> left) {
        Set<String> users = new TreeSet<>(silent.keySet());
        users.addAll(left.keySet());
        return users.stream()
                .filter(user -> !silent.getOrDefault(user, List.of()).equals(left.get(user)))
                .map(
                        user ->
                                "%s by the log at %s, left at %s"
                                        .formatted(user, silent.get(user), left.get(user)))
                .limit(SHOWN)
                .toList();
    }

    /** Who is gone for good is nowhere; that members are there shows that ids are found. */
    private static void checkGone(Set<String> gone, Outputs outputs, SavepointFiles state) {
        Map<String, SegmentMembership> last = outputs.memberships();
        Set<String> found = state.find(QuietLog.USER);
        assertThat(gone)
                .as("without a tombstone")
                .filteredOn(user -> !last.containsKey(user) || last.get(user) != null)
                .isEmpty();
        assertThat(gone).as("still in the state").filteredOn(found::contains).isEmpty();
        assertThat(last.keySet())
                .filteredOn(user -> last.get(user) != null)
                .isNotEmpty()
                .allMatch(found::contains);
    }

    /** Moves of quiet users once nothing came from them any more. */
    private static List<SegmentChange> movesInSilence(QuietLog log, Outputs outputs) {
        return outputs.allChanges().stream()
                .filter(change -> QuietLog.isQuiet(change.getUserId()))
                .filter(change -> change.getEventTime().isAfter(log.quietFrom()))
                .filter(change -> change.getSegmentId() != null)
                .toList();
    }
}
