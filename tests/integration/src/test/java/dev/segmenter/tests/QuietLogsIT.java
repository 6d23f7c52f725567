// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.tests.QuietLog.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Customers of real logs, one partition of which goes quiet in a live job while the others move on: they
 * slide, and leave at the moment that the raw log gives, and nothing is left of them.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class QuietLogsIT {
    private static final Duration EXIT_AFTER = Duration.ofDays(90);

    /** A partition is idle, by the wall clock, after longer than any waits in turn; small fetches keep turns short. */
    private static final Map<String, String> LIVE =
            Map.of(
                    "model.initial",
                    "none",
                    "parallelism",
                    "2",
                    "events.idle-timeout",
                    "5s",
                    "kafka.properties.max.partition.fetch.bytes",
                    "65536",
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
        QuietLog log = QuietLog.read(RealFiles.find(name), movedBy, quietFrom);
        Instant end = quietFrom.plus(EXIT_AFTER);
        List<Moment> exits = log.silentFor(EXIT_AFTER, end);
        Set<String> quiet = log.quietUsers();
        assertThat(exits).extracting(Moment::user).containsAll(quiet);
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = stage.config(null, "quiet", LIVE);
            JobClient job = stage.start(config, null);
            stage.send(log.before());
            while (stage.counters().value(MetricNames.EVENTS_READ) < log.before().size()) {
                Thread.sleep(50);
            }
            stage.send(log.after());
            stage.await(config, now -> exitsUpTo(end, now).size() >= exits.size());
            SavepointFiles state = SavepointFiles.read(stage.stop(job));
            Outputs outputs = stage.outputs(config);

            assertThat(exitsUpTo(end, outputs)).containsExactlyInAnyOrderElementsOf(exits);
            assertThat(quiet)
                    .isNotEmpty()
                    .allSatisfy(user -> assertThat(outputs.memberships().get(user)).isNull())
                    .noneMatch(state::contain);
            assertThat(members(outputs)).isNotEmpty().allMatch(state::contain);
            assertThat(movesInSilence(quietFrom, quiet, outputs)).isNotEmpty();
        }
    }

    private static List<String> members(Outputs outputs) {
        return outputs.memberships().keySet().stream()
                .filter(user -> outputs.memberships().get(user) != null)
                .toList();
    }

    private static List<Moment> exitsUpTo(Instant end, Outputs outputs) {
        return outputs.allChanges().stream()
                .filter(change -> change.getCause() == Cause.EXPIRY)
                .filter(change -> !change.getEventTime().isAfter(end))
                .map(change -> new Moment(change.getUserId(), change.getEventTime()))
                .toList();
    }

    /** Of the quiet users, once nothing came from them any more. */
    private static List<SegmentChange> movesInSilence(
            Instant quietFrom, Set<String> quiet, Outputs outputs) {
        return outputs.allChanges().stream()
                .filter(change -> quiet.contains(change.getUserId()))
                .filter(change -> change.getEventTime().isAfter(quietFrom))
                .filter(change -> change.getSegmentId() != null)
                .toList();
    }
}
