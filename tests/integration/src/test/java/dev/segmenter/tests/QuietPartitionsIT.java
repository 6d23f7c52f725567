// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static dev.segmenter.tests.Replays.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half of the partitions go quiet while the others move on: nobody there is forgotten. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class QuietPartitionsIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final Duration EXIT_AFTER = Duration.ofDays(6);
    private static final Instant END = TwoHabits.TURN.plus(Duration.ofDays(8));
    private static final Map<String, String> OPTIONS =
            Map.of("model.initial", "none", "model.k", "3");
    private static final Map<String, String> LIVE =
            Map.of(
                    "model.initial", "none",
                    "model.k", "3",
                    "parallelism", "2",
                    "events.idle-timeout", "1s");

    @TempDir Path folder;

    @Test
    void liveUsersOfQuietPartitions_slideAndLeaveWithTheClockOfTheOthers() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = stage.config(YAML, "live", LIVE);
            JobClient job = stage.start(config, null);
            stage.send(TwoHabits.before());
            stage.await(config, now -> !now.snapshots().isEmpty());
            sendMoving(stage, Duration.ofMillis(200));
            Outputs gone = stage.await(config, QuietPartitionsIT::quietOnesAreGone);
            stage.send(TwoHabits.habits(END, QuietPartitionsIT::isQuiet));
            stage.send(TwoHabits.everywhere(END.plus(Duration.ofDays(1))));
            stage.await(config, now -> quietOnesThere(now) == quiet().size());
            stage.stop(job);

            checkQuiet(gone);
            checkMoving(gone);
            checkReturn(gone, stage.outputs(config));
        }
    }

    @Test
    void replayOfPartitionsThatEndEarly_isNotHeldBack() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            sendMoving(stage, Duration.ZERO);
            Replays replays =
                    new Replays(
                            stage,
                            YAML,
                            OPTIONS,
                            Duration.between(TwoHabits.START, END),
                            END.toEpochMilli());

            Outputs outputs = replays.run("one", 1);

            Consistency.check(outputs);
            checkQuiet(outputs);
            checkMoving(outputs);
            assertSame(replays.run("four", 4), outputs);
        }
    }

    /** With pauses, the quiet partitions count as idle meanwhile, and models come between. */
    private static void sendMoving(Stage stage, Duration pause) throws InterruptedException {
        for (Instant time = TwoHabits.TURN; time.isBefore(END); time = time.plus(TwoHabits.STEP)) {
            stage.send(TwoHabits.habits(time, user -> !isQuiet(user)));
            Thread.sleep(pause.toMillis());
        }
    }

    /** Everybody leaves at the same age; some had changed before without doing anything. */
    private static void checkQuiet(Outputs outputs) {
        for (String user : quiet()) {
            List<SegmentChange> changes = outputs.changes().get(user);
            SegmentChange last = changes.get(changes.size() - 1);
            assertThat(last.getCause()).as(user).isEqualTo(Cause.EXPIRY);
            assertThat(last.getEventTime())
                    .as(user)
                    .isAfterOrEqualTo(lastEvent(user).plus(EXIT_AFTER));
            assertThat(outputs.memberships().get(user)).as(user).isNull();
        }
        assertThat(quiet())
                .anySatisfy(
                        user ->
                                assertThat(outputs.changes().get(user))
                                        .anyMatch(
                                                change ->
                                                        change.getSegmentId() != null
                                                                && change.getEventTime()
                                                                        .isAfter(TwoHabits.TURN)));
    }

    private static void checkMoving(Outputs outputs) {
        assertThat(TwoHabits.users())
                .filteredOn(user -> !isQuiet(user))
                .isNotEmpty()
                .allSatisfy(user -> assertThat(outputs.memberships().get(user)).isNotNull());
    }

    /** A partition that wakes up goes on where the clock is, its users in lives of their own. */
    private static void checkReturn(Outputs gone, Outputs back) {
        Consistency.check(back);
        for (String user : quiet()) {
            List<SegmentChange> changes = back.changes().get(user);
            SegmentChange first = changes.get(gone.changes().get(user).size());
            assertThat(first.getCause()).as(user).isEqualTo(Cause.FIRST);
            assertThat(first.getIncarnation()).as(user).isAfterOrEqualTo(END);
        }
    }

    private static boolean quietOnesAreGone(Outputs outputs) {
        return outputs.memberships().keySet().containsAll(quiet()) && quietOnesThere(outputs) == 0;
    }

    private static long quietOnesThere(Outputs outputs) {
        return quiet().stream().map(outputs.memberships()::get).filter(Objects::nonNull).count();
    }

    private static List<String> quiet() {
        return TwoHabits.users().stream().filter(QuietPartitionsIT::isQuiet).toList();
    }

    private static boolean isQuiet(String user) {
        return Stage.partitionOf(user) < Stage.PARTITIONS / 2;
    }

    private static Instant lastEvent(String user) {
        return TwoHabits.before().stream()
                .filter(event -> event.getUserId().equals(user))
                .map(Event::getEventTime)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
