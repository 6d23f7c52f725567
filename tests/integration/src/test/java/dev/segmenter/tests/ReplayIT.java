// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.synthetic.SyntheticRecord.Kind;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One stream of generated events in one topic, replayed in exact assignment again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplayIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final GeneratedStream STREAM = new GeneratedStream(11);
    private static final long SECONDS_THROTTLED = 40;
    private static final long SOME_CHANGES = 100;

    @TempDir static Path folder;
    private static Stage stage;
    private static Outputs reference;

    @BeforeAll
    static void replayOnce() throws Exception {
        stage = new Stage(folder);
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            STREAM.sendTo(feed);
        }
        reference = stage.run(config("reference", Map.of("parallelism", "1")));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void topics_areConsistentAndShowEveryCause() {
        Consistency.check(reference);
        assertThat(reference.snapshots()).hasSizeGreaterThan(5);
        assertThat(reference.allChanges())
                .extracting(SegmentChange::getCause)
                .contains(Cause.FIRST, Cause.BEHAVIOUR, Cause.MODEL, Cause.EXPIRY, Cause.ERASURE);
    }

    @Test
    void everyRefusedRecord_isADeadLetter() {
        Map<ErrorClass, Long> letters =
                reference.deadLetters().stream()
                        .collect(
                                Collectors.groupingBy(
                                        DeadLetter::getErrorClass,
                                        Collectors.summingLong(DeadLetter::getCount)));

        assertThat(letters)
                .containsEntry(ErrorClass.UNDECODABLE, STREAM.count(Kind.UNDECODABLE))
                .containsEntry(ErrorClass.INVALID, STREAM.count(Kind.INVALID))
                .containsEntry(ErrorClass.LATE, STREAM.count(Kind.LATE))
                .containsEntry(ErrorClass.OVER_QUOTA, (long) GeneratedStream.BOT_EVENTS - 20);
    }

    @Test
    void erasedUsers_leaveATombstoneAndAnErasure() {
        assertThat(STREAM.erased()).isNotEmpty();
        assertThat(reference.memberships()).containsKeys(STREAM.erased().toArray(new String[0]));
        assertThat(reference.allChanges())
                .filteredOn(change -> change.getCause() == Cause.ERASURE)
                .isNotEmpty()
                .allMatch(change -> STREAM.erased().contains(change.getUserId()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void parallelism_changesNoByte(int parallelism) throws Exception {
        SegmenterConfig config =
                config(
                        "parallel-" + parallelism,
                        Map.of("parallelism", Integer.toString(parallelism)));

        assertSame(stage.run(config), reference);
    }

    @Test
    void savepointAndRestoreAtAnotherParallelism_losesAndDoublesNothing() throws Exception {
        double speedUp = GeneratedStream.LENGTH.toSeconds() / (double) SECONDS_THROTTLED;
        JobClient throttled =
                stage.start(
                        config(
                                "restored",
                                Map.of(
                                        "parallelism",
                                        "2",
                                        "replay.speed-up",
                                        Double.toString(speedUp))),
                        null);
        awaitChanges("restored");
        String savepoint =
                throttled
                        .stopWithSavepoint(false, stage.savepoints(), SavepointFormatType.CANONICAL)
                        .get();
        SegmenterConfig config = config("restored", Map.of("parallelism", "1"));
        long before = stage.outputs(config).allChanges().size();
        stage.start(config, savepoint).getJobExecutionResult().get();

        Outputs outputs = stage.outputs(config);
        assertThat(before).isLessThan(outputs.allChanges().size());
        assertSame(outputs, reference);
    }

    private static void awaitChanges(String namespace) throws Exception {
        SegmenterConfig config = config(namespace, Map.of());
        while (stage.outputs(config).allChanges().size() < SOME_CHANGES) {
            Thread.sleep(500);
        }
    }

    private static void assertSame(Outputs outputs, Outputs expected) {
        assertThat(outputs.snapshots()).isEqualTo(expected.snapshots());
        assertThat(outputs.deadLetters())
                .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
        assertThat(outputs.memberships()).isEqualTo(expected.memberships());
        assertThat(outputs.changes()).isEqualTo(expected.changes());
        Map<String, List<List<Byte>>> bytes = outputs.changeBytes();
        assertThat(bytes).isEqualTo(expected.changeBytes());
    }

    private static SegmenterConfig config(String namespace, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("mode", "replay");
        all.put("replay.end-time", Long.toString(STREAM.endTime()));
        return stage.config(YAML, namespace, all);
    }
}
