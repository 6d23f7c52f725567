// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live job that first catches up on history in silence, then goes on with what happens. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BackfillIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final Instant FROM = TwoHabits.TURN;

    /** Later than all that is compared, since a live clock stops short of the last event. */
    private static final Instant CLOSE = TwoHabits.END.plus(Duration.ofDays(1));

    private static final Map<String, String> OPTIONS =
            Map.of(
                    "changes.emit-from", Long.toString(FROM.toEpochMilli()),
                    "assignment", "exact",
                    "model.initial", "none",
                    "model.k", "2",
                    "parallelism", "2");

    private static final CentroidSnapshot[] NONE = {};

    @TempDir Path folder;

    @Test
    void liveJobAfterABackfill_emitsChangesFromThereOnAsAReplayOfAllWould() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            SegmenterConfig config = stage.config(YAML, "live", OPTIONS);
            JobClient job = stage.start(config, null);
            Outputs backfilled = stage.await(config, now -> now.live() == TwoHabits.USERS);
            checkSilent(backfilled);

            stage.send(TwoHabits.after());
            stage.send(TwoHabits.everywhere(CLOSE));
            Outputs replayed = replays(stage).run("replayed", 2);
            long expected = upToEnd(replayed).values().stream().mapToLong(List::size).sum();
            Outputs live =
                    stage.await(
                            config,
                            now ->
                                    upToEnd(now).values().stream().mapToLong(List::size).sum()
                                            >= expected);
            job.cancel().get();

            TwoHabits.users().forEach(user -> checkGoesOn(user, backfilled, live));
            assertThat(upToEnd(live)).isEqualTo(upToEnd(replayed));
            assertThat(toldUpToEnd(live)).isEqualTo(toldUpToEnd(replayed));
            assertThat(replayed.snapshots()).startsWith(live.snapshots().toArray(NONE));
        }
    }

    @Test
    void replaysSavepoint_inALiveJob_isRefused() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            SegmenterConfig throttled =
                    replays(stage).throttled("stopped", 2, Duration.ofMinutes(2));
            JobClient job = stage.start(throttled, null);
            awaitRead(stage, 1);

            requireRefusedLive(stage, "stopped", onceItCan(() -> stage.stop(job)));
        }
    }

    /** Everything is read, and the job waits for its last checkpoint, which the savepoint becomes. */
    @Test
    void endedReplaysSavepoint_inALiveJob_isRefused() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            SegmenterConfig ending =
                    replays(stage).config("ended", 2, Map.of("checkpoint.interval", "5min"));
            JobClient job = stage.start(ending, null);
            awaitRead(stage, TwoHabits.before().size());

            requireRefusedLive(stage, "ended", onceItCan(() -> stage.stop(job)));
        }
    }

    /** Draining ends the events, not the clock: the job goes on as after any other stop. */
    @Test
    void drainedLiveJobsSavepoint_goesOnLive_andIsRefusedInAReplay() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            SegmenterConfig live = stage.config(YAML, "drained", OPTIONS);
            JobClient job = stage.start(live, null);
            awaitRead(stage, TwoHabits.before().size());
            String savepoint = onceItCan(() -> stage.drain(job));
            SegmenterConfig replay = replays(stage).config("drained", 2, Map.of());
            assertThatThrownBy(() -> stage.start(replay, savepoint).getJobExecutionResult().get())
                    .hasStackTraceContaining("mode: 'replay' cannot go on from");

            JobClient restored = stage.start(live, savepoint);
            stage.send(TwoHabits.after());
            awaitRead(stage, TwoHabits.before().size() + TwoHabits.after().size());
            restored.cancel().get();
        }
    }

    private static void awaitRead(Stage stage, long events) throws InterruptedException {
        while (stage.counters().value(MetricNames.EVENTS_READ) < events) {
            Thread.sleep(50);
        }
    }

    private static void requireRefusedLive(Stage stage, String namespace, String savepoint) {
        SegmenterConfig live = stage.config(YAML, namespace, OPTIONS);
        assertThatThrownBy(() -> stage.start(live, savepoint).getJobExecutionResult().get())
                .hasStackTraceContaining("mode: 'live' cannot go on from")
                .hasStackTraceContaining("changes.emit-from");
    }

    /** As soon as it can be: some task may not run yet, or some of the source's have ended and some not. */
    private static String onceItCan(Callable<String> end) throws Exception {
        while (true) {
            try {
                return end.call();
            } catch (ExecutionException notYet) {
                if (ExceptionUtils.findThrowable(notYet, CheckpointException.class).isEmpty()) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private static Replays replays(Stage stage) {
        Duration length = Duration.between(TwoHabits.START, CLOSE);
        return new Replays(stage, YAML, OPTIONS, length, CLOSE.toEpochMilli());
    }

    private static void checkSilent(Outputs backfilled) {
        assertThat(backfilled.changes()).isEmpty();
        assertThat(backfilled.told().values())
                .allSatisfy(
                        memberships ->
                                assertThat(memberships)
                                        .isNotEmpty()
                                        .allMatch(now -> now.getSequence() == 0)
                                        .allMatch(now -> now.getUpdatedAt().isBefore(FROM)));
    }

    /** The first change leaves the segment that the backfill told, and is the life's first in sequence. */
    private static void checkGoesOn(String user, Outputs backfilled, Outputs live) {
        List<SegmentChange> changes = live.changes().get(user);
        assertThat(changes).as(user).isNotEmpty();
        SegmentMembership before = backfilled.memberships().get(user);
        Integer segment = before.getSegmentId();
        long sequence = before.getSequence();
        for (SegmentChange change : changes) {
            assertThat(change.getEventTime()).as(user).isAfterOrEqualTo(FROM);
            assertThat(change.getIncarnation()).as(user).isEqualTo(before.getIncarnation());
            assertThat(change.getSequence()).as(user).isEqualTo(sequence + 1);
            assertThat(change.getPreviousSegmentId()).as(user).isEqualTo(segment);
            assertThat(change.getCause()).as(user).isNotEqualTo(Cause.FIRST);
            segment = change.getSegmentId();
            sequence = change.getSequence();
        }
    }

    private static Map<String, List<SegmentChange>> upToEnd(Outputs outputs) {
        return upToEnd(outputs.changes(), SegmentChange::getEventTime);
    }

    private static Map<String, List<SegmentMembership>> toldUpToEnd(Outputs outputs) {
        return upToEnd(outputs.told(), SegmentMembership::getUpdatedAt);
    }

    /** Tombstones, which have no time, stay out; the change that goes with one is compared. */
    private static <T> Map<String, List<T>> upToEnd(
            Map<String, List<T>> all, Function<T, Instant> time) {
        Map<String, List<T>> kept = new TreeMap<>();
        all.forEach(
                (user, records) ->
                        kept.put(
                                user,
                                records.stream()
                                        .filter(Objects::nonNull)
                                        .filter(one -> !time.apply(one).isAfter(TwoHabits.END))
                                        .toList()));
        kept.values().removeIf(List::isEmpty);
        return kept;
    }
}
