// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.model.Hashes;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks to be forgotten is in no state afterwards; who never was does no harm. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ErasureIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final String ERASED = "someone-to-be-forgotten";
    private static final String STAYING = "someone-who-stays-here";
    private static final String STRANGER = "someone-who-never-was";

    private static final Instant LATER = TwoHabits.TURN.plus(Duration.ofDays(2));
    private static final List<String> NEWCOMERS =
            TwoHabits.everywhere(LATER).stream().map(Event::getUserId).toList();

    private static final Map<String, String> OPTIONS =
            Map.of(
                    "model.k",
                    "2",
                    "parallelism",
                    "2",
                    "model.initial",
                    "none",
                    // Nobody misses the first model, however fast the history comes.
                    "assignment",
                    "exact",
                    // The trainer holds the votes of most of a day.
                    "model.batch-interval",
                    "1d",
                    SavepointFiles.COMPRESSION,
                    "false");

    @TempDir Path folder;

    @Test
    void erasedUser_isInNoStateAndInTheTombstone() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(before());
            SegmenterConfig config = stage.config(YAML, "erasure", OPTIONS);
            JobClient job = stage.start(config, null);
            stage.await(config, now -> hasMember(now, ERASED) && hasMember(now, STAYING));
            String savepoint = stage.stop(job);
            SavepointFiles before = SavepointFiles.read(savepoint);
            job = stage.start(config, savepoint);
            stage.send(List.of(erasure(ERASED), erasure(STRANGER)));
            moveOn(stage);
            Outputs outputs =
                    stage.await(
                            config,
                            now ->
                                    isGone(now, ERASED)
                                            && isGone(now, STRANGER)
                                            && NEWCOMERS.stream()
                                                    .allMatch(one -> hasMember(now, one)));
            SavepointFiles after = SavepointFiles.read(stage.stop(job));

            assertThat(List.of(ERASED, vote(ERASED))).allMatch(before::contain);
            assertThat(List.of(ERASED, vote(ERASED), STRANGER)).noneMatch(after::contain);
            assertThat(List.of(STAYING, vote(STAYING))).allMatch(after::contain);
            checkRecords(outputs);
            assertThat(stage.counters().value(MetricNames.ERASURES)).isEqualTo(2);
        }
    }

    private static void checkRecords(Outputs outputs) {
        List<SegmentChange> changes = outputs.changes().get(ERASED);
        SegmentChange last = changes.get(changes.size() - 1);
        assertThat(last.getCause()).isEqualTo(Cause.ERASURE);
        assertThat(last.getPreviousSegmentId()).isNotNull();
        assertThat(last.getSegmentId()).isNull();
        assertThat(outputs.memberships()).containsEntry(ERASED, null);
        assertThat(outputs.memberships()).containsEntry(STRANGER, null);
        assertThat(outputs.changes()).doesNotContainKey(STRANGER);
        assertThat(outputs.deadLetters()).isEmpty();
    }

    /** The job goes on: the others act, and newcomers push the clock past the batch of the erasure. */
    private static void moveOn(Stage stage) {
        stage.send(TwoHabits.habits(TwoHabits.TURN, user -> true));
        stage.send(TwoHabits.everywhere(LATER));
        stage.send(TwoHabits.everywhere(LATER.plus(TwoHabits.STEP)));
    }

    private static boolean hasMember(Outputs outputs, String user) {
        return outputs.memberships().get(user) != null;
    }

    private static boolean isGone(Outputs outputs, String user) {
        return outputs.memberships().containsKey(user) && outputs.memberships().get(user) == null;
    }

    /** Two users among the others, who buy like them. */
    private static List<Event> before() {
        List<Event> events = new ArrayList<>(TwoHabits.before());
        Duration step = TwoHabits.STEP;
        for (Instant time = TwoHabits.START;
                time.isBefore(TwoHabits.TURN);
                time = time.plus(step)) {
            events.add(event(ERASED + time, ERASED, time, "purchase"));
            events.add(event(STAYING + time, STAYING, time, "purchase"));
        }
        events.sort(Comparator.comparing(Event::getEventTime));
        return events;
    }

    /** As the trainer keeps it: a hash for the user. */
    private static String vote(String user) {
        byte[] hash = ByteBuffer.allocate(Long.BYTES).putLong(Hashes.of(user)).array();
        return new String(hash, StandardCharsets.ISO_8859_1);
    }

    private static Event erasure(String user) {
        return event("erase", user, Instant.EPOCH, "$erase");
    }

    private static Event event(String id, String user, Instant time, String type) {
        return new Event(id, user, time, type, null, null, null, null, Map.of());
    }
}
