// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.quickstart.file.ColumnMapping;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.input.FilePreload;
import dev.segmenter.quickstart.input.FilePreload.Preloaded;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real logs, where the folder named by SEGMENTER_DATA has them; they are not part of the project. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RealFilesIT {
    private static final Path BROWSING = Path.of("src/test/resources/browsing.yaml");

    @TempDir Path folder;

    @Test
    void onlineRetail_putsEveryLiveUserInASegment() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, "online_retail.csv.gz");

            Outputs outputs = stage.run(replay(stage, null, "retail", 2, events));

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
        }
    }

    @Test
    void taobao_isTheSameToTheByteAtAnyParallelism() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, "taobao_userbehavior_9d.csv.gz");

            Outputs one = stage.run(replay(stage, BROWSING, "one", 1, events));
            Outputs two = stage.run(replay(stage, BROWSING, "two", 2, events));
            Outputs four = stage.run(replay(stage, BROWSING, "four", 4, events));

            Consistency.check(one);
            assertThat(one.live()).isEqualTo(814);
            assertThat(one.allChanges()).hasSizeGreaterThan(814);
            assertThat(two.snapshots()).isEqualTo(one.snapshots());
            assertThat(four.snapshots()).isEqualTo(one.snapshots());
            assertThat(two.changeBytes()).isEqualTo(one.changeBytes());
            assertThat(four.changeBytes()).isEqualTo(one.changeBytes());
            assertThat(two.memberships()).isEqualTo(one.memberships());
            assertThat(four.memberships()).isEqualTo(one.memberships());
        }
    }

    @Test
    void shortLog_trainsAtItsEndAndLeavesNobodyOut() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = preload(stage, "taobao_userbehavior_2h.csv.gz");

            Outputs outputs = stage.run(replay(stage, null, "short", 2, events));

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

            Outputs outputs = stage.run(replay(stage, null, "nobody", 2, withEnd));

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

    private static SegmenterConfig replay(
            Stage stage, Path yaml, String namespace, int parallelism, Preloaded events) {
        return stage.config(
                yaml,
                namespace,
                Map.of(
                        "mode", "replay",
                        "parallelism", Integer.toString(parallelism),
                        "replay.end-time", Long.toString(events.lastEventTime())));
    }

    private static Preloaded preload(Stage stage, String name) throws Exception {
        Path file = RealFiles.find(name);
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            return FilePreload.run(file, ColumnMapping.standard(), feed, share -> {});
        }
    }
}
