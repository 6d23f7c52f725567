// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static dev.segmenter.tests.Replays.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.input.FilePreload;
import dev.segmenter.quickstart.input.FilePreload.Preloaded;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real logs, where the folder named by SEGMENTER_DATA has them; they are not part of the project. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RealFilesIT {
    static final String RETAIL = "online_retail.csv.gz";
    static final String TAOBAO = "taobao_userbehavior_9d.csv.gz";
    static final Path BROWSING = Path.of("src/test/resources/browsing.yaml");

    static final Duration RETAIL_LENGTH = Duration.ofDays(373);
    private static final Duration RETAIL_THROTTLED = Duration.ofMinutes(3);
    static final Duration TAOBAO_LENGTH = Duration.ofDays(9);
    private static final Duration TAOBAO_THROTTLED = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void onlineRetail_isTheSameToTheByteInEveryRunAndLeavesNobodyOut() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, RETAIL);
            Replays replays = replays(stage, null, RETAIL_LENGTH, events);

            Outputs outputs = replays.run("one", 1);

            Consistency.check(outputs);
            assertThat(events.records()).isEqualTo(406_829);
            assertThat(outputs.deadLetters()).isEmpty();
            assertThat(outputs.snapshots()).hasSizeGreaterThan(100);
            assertThat(outputs.changes()).hasSize(4_372);
            assertThat(outputs.allChanges())
                    .extracting(SegmentChange::getCause)
                    .contains(Cause.FIRST, Cause.BEHAVIOUR, Cause.MODEL, Cause.EXPIRY);
            long left = outputs.memberships().values().stream().filter(Objects::isNull).count();
            assertThat(outputs.live()).isEqualTo(4_372 - left);
            assertSame(replays.run("four", 4), outputs);
            assertSame(replays.killedAndMoved("moved", 4, RETAIL_THROTTLED), outputs);
        }
    }

    @Test
    void taobao_isTheSameToTheByteInEveryRun() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, TAOBAO);

            Replays replays = replays(stage, BROWSING, TAOBAO_LENGTH, events);

            Outputs one = replays.run("one", 1);

            Consistency.check(one);
            assertThat(one.live()).isEqualTo(814);
            assertThat(one.allChanges()).hasSizeGreaterThan(814);
            assertSame(replays.run("four", 4), one);
            assertSame(replays.killedAndMoved("moved", 4, TAOBAO_THROTTLED), one);
        }
    }

    @Test
    void shortLog_trainsAtItsEndAndLeavesNobodyOut() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, "taobao_userbehavior_2h.csv.gz");

            Outputs outputs = replays(stage, null, Duration.ofHours(2), events).run("short", 2);

            Consistency.check(outputs);
            assertThat(outputs.snapshots()).hasSize(1);
            assertThat(outputs.live()).isEqualTo(66_454);
            assertThat(outputs.allChanges())
                    .hasSize(66_454)
                    .allMatch(change -> change.getCause() == Cause.FIRST)
                    .allMatch(
                            change ->
                                    change.getEventTime().toEpochMilli() == events.lastEventTime());
        }
    }

    @Test
    void eventsWithoutUser_allBecomeDeadLetters() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, "online_retail_no_user.csv.gz");
            Preloaded withEnd = new Preloaded(events.records(), 1);

            Outputs outputs = replays(stage, null, Duration.ZERO, withEnd).run("nobody", 2);

            assertThat(events.records()).isEqualTo(135_080);
            assertThat(outputs.deadLetters()).hasSize(135_080);
            assertThat(outputs.deadLetters())
                    .extracting(DeadLetter::getErrorClass)
                    .containsOnly(ErrorClass.INVALID);
            assertThat(outputs.deadLetters())
                    .extracting(DeadLetter::getMessage)
                    .containsOnly("user_id: missing or blank");
            assertThat(outputs.changes()).isEmpty();
            assertThat(outputs.memberships()).isEmpty();
        }
    }

    private static Replays replays(Stage stage, Path yaml, Duration length, Preloaded events) {
        return new Replays(stage, yaml, Map.of(), length, events.lastEventTime());
    }

    /** Sends a file into a new clickstream; skips the test where there is none. */
    static Preloaded preload(Stage stage, String name) throws Exception {
        Path file = RealFiles.find(name);
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            return FilePreload.run(file, ColumnMapping.standard(), feed, share -> {});
        }
    }
}
