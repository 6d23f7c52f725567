// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.input.FilePreload.Preloaded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same topic in live and in exact assignment. How fast a machine is decides how many versions come
 * late, and nothing here: what is asserted is that they explain whatever differs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LiveReplayIT {
    private static final int PARTITIONED = Stage.PARTITIONS;

    /** What live mode would do otherwise, on the wall clock or with late events, is not at issue. */
    private static final Map<String, String> LIVE =
            Map.of(
                    "assignment", "live",
                    "events.lateness", "5min",
                    "events.idle-timeout", "10min");

    @TempDir Path folder;

    @Test
    void generatedEvents_throttled_areTheSameButForLateVersions() throws Exception {
        try (Stage stage = new Stage(folder)) {
            compare(generated(stage, "3h"), Duration.ofSeconds(30));
        }
    }

    @Test
    void generatedEvents_fasterThanTheTrainer_differOnlyByLateVersions() throws Exception {
        try (Stage stage = new Stage(folder)) {
            compare(generated(stage, "5min"), Duration.ZERO);
        }
    }

    @Test
    void taobao_throttled_isTheSameButForLateVersions() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = RealFilesIT.preload(stage, RealFilesIT.TAOBAO);
            Replays replays =
                    new Replays(
                            stage,
                            RealFilesIT.BROWSING,
                            Map.of("model.activation-delay", "6h"),
                            RealFilesIT.TAOBAO_LENGTH,
                            events.lastEventTime());
            compare(replays, Duration.ofSeconds(45));
        }
    }

    @Test
    void onlineRetail_throttled_isTheSameButForLateVersions() throws Exception {
        try (Stage stage = new Stage(folder)) {
            Preloaded events = RealFilesIT.preload(stage, RealFilesIT.RETAIL);
            Replays replays =
                    new Replays(
                            stage,
                            null,
                            Map.of("model.activation-delay", "5d"),
                            RealFilesIT.RETAIL_LENGTH,
                            events.lastEventTime());
            compare(replays, Duration.ofSeconds(45));
        }
    }

    private static Replays generated(Stage stage, String activationDelay) {
        GeneratedStream stream = new GeneratedStream(12);
        stage.createClickstream();
        try (EventFeed feed = stage.feed()) {
            stream.sendTo(feed);
        }
        return new Replays(
                stage,
                Path.of("src/test/resources/fast.yaml"),
                Map.of("model.activation-delay", activationDelay),
                GeneratedStream.LENGTH,
                stream.endTime());
    }

    /** Live as fast as it goes if the wall-clock time is zero. */
    private static void compare(Replays replays, Duration wallClock) throws Exception {
        Outputs exact = replays.run("exact", PARTITIONED);
        assertThat(exact.allChanges()).hasSizeGreaterThan(500);
        Map<String, String> options = new HashMap<>(replays.options());
        options.putAll(LIVE);
        Replays inLive = replays.with(options);
        try (LateVersions late = new LateVersions()) {
            Outputs live = inLive.stage().run(inLive.throttled("live", PARTITIONED, wallClock));

            long counted = inLive.stage().counters().value(MetricNames.LATE_VERSIONS);
            assertThat(late.count() == 0).as("%s late versions", counted).isEqualTo(counted == 0);
            Consistency.check(live);
            new LiveReplay(live, exact, late, replays.endTime()).check();
        }
    }
}
