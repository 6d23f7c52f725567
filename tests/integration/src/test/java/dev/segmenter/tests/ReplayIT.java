// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static dev.segmenter.tests.Replays.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.synthetic.SyntheticRecord.Kind;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    private static final Duration THROTTLED = Duration.ofSeconds(40);

    @TempDir static Path folder;
    private static Stage stage;
    private static Replays replays;
    private static Outputs reference;

    @BeforeAll
    static void replayOnce() throws Exception {
        stage = new Stage(folder);
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            STREAM.sendTo(feed);
        }
        replays = new Replays(stage, YAML, Map.of(), GeneratedStream.LENGTH, STREAM.endTime());
        reference = replays.run("reference", 1);
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
        assertSame(replays.run("parallel-" + parallelism, parallelism), reference);
    }

    @Test
    void savepointAndRestoreAtAnotherParallelism_losesAndDoublesNothing() throws Exception {
        assertSame(replays.moved("narrowed", 2, 1, THROTTLED), reference);
    }

    @Test
    void restoreAtMoreParallelism_losesAndDoublesNothing() throws Exception {
        assertSame(replays.moved("widened", 1, 4, THROTTLED), reference);
    }

    @Test
    void taskManagerThatIsKilled_losesAndDoublesNothing() throws Exception {
        assertSame(replays.killed("killed", THROTTLED), reference);
    }
}
