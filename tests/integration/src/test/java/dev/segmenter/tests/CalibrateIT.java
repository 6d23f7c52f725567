// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.CalibrateMain;
import dev.segmenter.job.calibrate.CalibrateJob;
import dev.segmenter.job.calibrate.CalibrationResult;
import dev.segmenter.job.calibrate.Calibrations;
import dev.segmenter.job.calibrate.SampledUsers;
import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.KafkaStartup;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calibration on a real broker, and jobs that start from what it publishes and writes. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CalibrateIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");

    @TempDir Path folder;
    private Stage stage;

    @BeforeEach
    void open() {
        stage = new Stage(folder);
        stage.createClickstream();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void users_ofAnyStream_areTheSameAtAnyParallelismAndThoseOfAReplay() throws Exception {
        GeneratedStream stream = new GeneratedStream(7);
        try (EventFeed feed = stage.feed()) {
            stream.sendTo(feed);
        }
        SegmenterConfig replay = replay("replayed", stream.endTime(), Map.of());

        SampledUsers one = sampled(replay("one", stream.endTime(), Map.of("parallelism", "1")));
        SampledUsers three = sampled(replay("three", stream.endTime(), Map.of("parallelism", "3")));
        Outputs outputs = stage.run(replay);

        assertThat(one.lastEventTime()).isEqualTo(stream.endTime());
        assertThat(texts(three)).isEqualTo(texts(one));
        assertThat(three.liveUsers()).isEqualTo(one.liveUsers());
        Set<Long> members =
                outputs.memberships().entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> Hashes.of(entry.getKey()))
                        .collect(Collectors.toSet());
        Set<Long> voters = one.votes().stream().map(Vote::userHash).collect(Collectors.toSet());
        assertThat(one.liveUsers()).isEqualTo(members.size());
        assertThat(voters).hasSize((int) (one.liveUsers() - one.flaggedUsers()));
        Set<Long> others = new HashSet<>(voters);
        others.removeAll(members);
        assertThat(others).isEmpty();
    }

    @Test
    void votes_ofKnownHabits_holdTheValuesAtTheLastEvent() throws Exception {
        stage.send(TwoHabits.before());
        SegmenterConfig config = replay("habits", TwoHabits.TURN.toEpochMilli(), Map.of());

        SampledUsers users = sampled(config);

        FeatureSet features = config.features();
        for (int user = 0; user < TwoHabits.users().size(); user++) {
            long hash = Hashes.of(TwoHabits.users().get(user));
            Vote vote =
                    users.votes().stream()
                            .filter(v -> v.userHash() == hash)
                            .findFirst()
                            .orElseThrow();
            // Four steps a day; the window of whole panes begins up to a day before three days ago.
            boolean buys = user % 2 == 0;
            double views = vote.values()[features.indexOf("views_24h")];
            double purchases = vote.values()[features.indexOf("purchases_3d")];
            assertThat(views).isEqualTo(buys ? 0 : 4 * 5);
            assertThat(purchases).isEqualTo(buys ? expectedPurchases(user, users) : 0);
            assertThat(vote.time()).isEqualTo(users.lastEventTime());
        }
    }

    /** By day panes: all of today and the two days before. */
    private static double expectedPurchases(int user, SampledUsers users) {
        long day = TimeUnit.DAYS.toMillis(1);
        long from = Math.floorDiv(users.lastEventTime(), day) * day - 2 * day;
        return TwoHabits.before().stream()
                .filter(event -> event.getUserId().equals(TwoHabits.users().get(user)))
                .filter(event -> event.getEventTime().toEpochMilli() >= from)
                .count();
    }

    @Test
    void publishedModel_latestOfItsTopic_isWhatANewJobStartsFrom() throws Exception {
        stage.send(TwoHabits.before());
        SegmenterConfig config = live("published", Map.of("calibrate.publish", "true"));
        CentroidSnapshot first = calibrate(config).snapshot();
        CentroidSnapshot second = calibrate(config).snapshot();

        Outputs outputs =
                stage.run(
                        replay(
                                "published",
                                TwoHabits.TURN.toEpochMilli(),
                                Map.of("model.initial", "latest", "model.k", "2")));

        assertThat(first.getVersion()).isEqualTo(1);
        assertThat(second.getVersion()).isEqualTo(2);
        assertThat(second.getLineage()).extracting(Lineage::getFate).containsOnly(Fate.SURVIVED);
        assertThat(outputs.snapshots().get(0)).isEqualTo(first);
        assertThat(outputs.snapshots().get(1)).isEqualTo(second);
        CentroidSnapshot started = outputs.snapshots().get(2);
        assertThat(started.getVersion()).isEqualTo(3);
        assertThat(started.getParentId()).isEqualTo(second.getModelId());
        assertThat(started.getCentroids()).isEqualTo(second.getCentroids());
        assertThat(outputs.changes()).containsKeys(TwoHabits.users().toArray(new String[0]));
    }

    @Test
    void writtenModel_asInitialModelOfAJob_isWhatItStartsFrom() throws Exception {
        stage.send(TwoHabits.before());
        Path export = folder.resolve("export");
        CalibrationResult result = calibrate(live("written", Map.of()));
        result.write(new org.apache.flink.core.fs.Path(export.toUri()));

        Outputs outputs =
                stage.run(
                        replay(
                                "started",
                                TwoHabits.TURN.toEpochMilli(),
                                Map.of(
                                        "model.initial",
                                        export.resolve("snapshot.avro").toUri().toString())));

        assertThat(outputs.snapshots().get(0).getCentroids())
                .isEqualTo(result.snapshot().getCentroids());
        assertThat(export.toFile().list())
                .containsExactlyInAnyOrder("calibration.json", "snapshot.avro");
    }

    @Test
    void entryClass_withTheArgumentsOfTheCommandLine_writesItsFiles() throws Exception {
        stage.send(TwoHabits.before());
        Path export = folder.resolve("by-command");

        CalibrateMain.main(
                new String[] {
                    "--config", YAML.toString(),
                    "--kafka.bootstrap-servers", stage.bootstrapServers(),
                    "--calibrate.max-k", "3",
                    "--calibrate.export", export.toUri().toString()
                });

        assertThat(export.resolve("calibration.json")).isNotEmptyFile();
        assertThat(export.resolve("snapshot.avro")).isNotEmptyFile();
    }

    @Test
    void publishing_whileALiveJobWritesTheModel_isRefusedAndHarmsItNot() throws Exception {
        stage.send(TwoHabits.before());
        SegmenterConfig running = live("held", Map.of());
        JobClient job = stage.start(running, null);
        while (job.getJobStatus().get() != JobStatus.RUNNING) {
            Thread.sleep(100);
        }
        Thread.sleep(3_000);

        assertThatThrownBy(() -> calibrate(live("held", Map.of("calibrate.publish", "true"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("calibrate.publish: 'true' is refused")
                .hasMessageContaining("stop it with a savepoint first");
        Thread.sleep(2_000);
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        job.cancel().get();
    }

    @Test
    void calibration_withoutUsableEvents_saysSo() {
        assertThatThrownBy(() -> calibrate(live("empty", Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test holds no usable event");
    }

    @Test
    void calibration_ofTooFewUsers_saysHowMuchItCanBear() {
        stage.send(TwoHabits.before());

        assertThatThrownBy(() -> calibrate(live("few", Map.of("calibrate.max-k", "100"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("calibrate.max-k: '100' is too large for");
    }

    private CalibrationResult calibrate(SegmenterConfig config) throws Exception {
        KafkaStartup.checkCalibration(config);
        return new Calibrations(config).run(environment(), "test");
    }

    private SampledUsers sampled(SegmenterConfig config) throws Exception {
        KafkaStartup.checkCalibration(config);
        return CalibrateJob.run(environment(), config);
    }

    private StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(stage.settings());
    }

    private SegmenterConfig live(String namespace, Map<String, String> more) {
        Map<String, String> options = new HashMap<>();
        options.put("parallelism", "2");
        options.put("calibrate.max-k", "3");
        options.put("calibrate.chosen-k", "2");
        options.put("calibrate.micro-clusters", "100");
        options.putAll(more);
        return stage.config(YAML, namespace, options);
    }

    private SegmenterConfig replay(String namespace, long end, Map<String, String> more) {
        Map<String, String> options = new HashMap<>();
        options.put("mode", "replay");
        options.put("replay.end-time", Long.toString(end));
        options.putAll(more);
        return live(namespace, options);
    }

    private static List<String> texts(SampledUsers users) {
        List<String> texts = new ArrayList<>();
        for (Vote vote : users.votes()) {
            texts.add(
                    vote.userHash()
                            + " "
                            + Instant.ofEpochMilli(vote.time())
                            + " "
                            + Arrays.toString(vote.values()));
        }
        return texts;
    }
}
