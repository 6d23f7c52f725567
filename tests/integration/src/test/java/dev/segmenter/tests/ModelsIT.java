// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.SegmentChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.ml.clustering.kmeans.KMeansModelData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models on their way out of a job and into the next one. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ModelsIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final String MODEL = "default";

    /** As in fast.yaml. */
    private static final Duration CONFIRMATION = Duration.ofHours(1);

    @TempDir static Path folder;
    private static Stage stage;
    private static Path exported;
    private static Outputs former;

    @BeforeAll
    static void replayOnce() throws Exception {
        stage = new Stage(folder);
        stage.createClickstream();
        stage.send(TwoHabits.before());
        exported = folder.resolve("export");
        former =
                stage.run(
                        config(YAML, Map.of("snapshots.export-path", exported.toUri().toString())));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void exportedModels_asFlinkMlReadsThem_areTheSnapshots() throws Exception {
        assertThat(former.snapshots()).hasSizeGreaterThan(3);
        for (CentroidSnapshot snapshot : former.snapshots()) {
            Path version = exported.resolve(MODEL).resolve("version-" + snapshot.getVersion());
            KMeansModelData model = readOne(version);

            List<Centroid> centroids = snapshot.getCentroids();
            assertThat(model.centroids).hasSize(centroids.size());
            for (int j = 0; j < centroids.size(); j++) {
                assertThat(model.centroids[j].toArray())
                        .containsExactly(centroids.get(j).getVector().toArray(new Double[0]));
                assertThat(model.weights.get(j)).isEqualTo(centroids.get(j).getWeight());
            }
        }
        try (Stream<Path> versions = Files.list(exported.resolve(MODEL))) {
            assertThat(versions).hasSameSizeAs(former.snapshots());
        }
    }

    @Test
    void newJob_fromTheLatestSnapshot_goesOnWithItFromItsFirstEvent() throws Exception {
        CentroidSnapshot last = former.snapshots().get(former.snapshots().size() - 1);

        Outputs all = stage.run(config(YAML, Map.of("model.initial", "latest")));

        List<CentroidSnapshot> snapshots =
                all.snapshots().subList(former.snapshots().size(), all.snapshots().size());
        checkSuccessor(last, snapshots.get(0));
        assertThat(snapshots).hasSizeGreaterThan(3);
        for (int i = 1; i < snapshots.size(); i++) {
            CentroidSnapshot before = snapshots.get(i - 1);
            assertThat(snapshots.get(i).getVersion()).isEqualTo(before.getVersion() + 1);
            assertThat(snapshots.get(i).getParentId()).isEqualTo(before.getModelId());
            assertThat(snapshots.get(i).getEffectiveFrom()).isAfter(before.getEffectiveFrom());
            assertThat(segmentIds(snapshots.get(i))).isSubsetOf(segmentIds(last));
        }
        checkFirstChanges(snapshots.get(0), all);
    }

    private static void checkSuccessor(CentroidSnapshot last, CentroidSnapshot next) {
        assertThat(next.getVersion()).isEqualTo(last.getVersion() + 1);
        assertThat(next.getParentId()).isEqualTo(last.getModelId());
        assertThat(next.getModelId()).isEqualTo(last.getModelId());
        assertThat(next.getEffectiveFrom()).isEqualTo(Instant.EPOCH);
        assertThat(next.getCentroids()).isEqualTo(last.getCentroids());
        assertThat(next.getLineage()).extracting(Lineage::getFate).containsOnly(Fate.SURVIVED);
    }

    /** The former job had to warm up before it put anyone anywhere. */
    private static void checkFirstChanges(CentroidSnapshot initial, Outputs all) {
        Instant warm = former.snapshots().get(0).getEffectiveFrom();
        for (String user : TwoHabits.users()) {
            List<SegmentChange> changes = all.changes().get(user);
            SegmentChange first = changes.get(former.changes().get(user).size());
            assertThat(first.getCause()).as(user).isEqualTo(Cause.FIRST);
            assertThat(first.getSequence()).as(user).isEqualTo(1);
            assertThat(first.getModelVersion()).as(user).isEqualTo(initial.getVersion());
            // The events of the first seconds may lead elsewhere than the very first.
            Instant confirmed = first.getIncarnation().plus(CONFIRMATION);
            assertThat(first.getEventTime())
                    .as(user)
                    .isBetween(confirmed, confirmed.plusSeconds(5));
            assertThat(first.getEventTime()).as(user).isBefore(warm);
        }
    }

    @Test
    void newJob_withOtherFeatures_refusesTheLatestSnapshotForGood() {
        SegmenterConfig shop = config(null, Map.of("model.initial", "latest"));

        assertThatThrownBy(() -> stage.run(shop))
                .hasStackTraceContaining("features: the initial snapshot was trained on [views_24h")
                .hasStackTraceContaining("start without an initial model");
    }

    private static List<Integer> segmentIds(CentroidSnapshot snapshot) {
        return snapshot.getCentroids().stream().map(Centroid::getSegmentId).toList();
    }

    private static KMeansModelData readOne(Path version) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(version)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            file = all.get(0);
        }
        FSDataInputStream stream =
                new LocalFileSystem().open(new org.apache.flink.core.fs.Path(file.toUri()));
        try (StreamFormat.Reader<KMeansModelData> reader =
                new KMeansModelData.ModelDataDecoder().createReader(new Configuration(), stream)) {
            KMeansModelData model = reader.read();
            assertThat(reader.read()).isNull();
            return model;
        }
    }

    private static SegmenterConfig config(Path yaml, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("mode", "replay");
        options.put("replay.end-time", Long.toString(TwoHabits.TURN.toEpochMilli()));
        options.put("parallelism", "2");
        options.put("model.k", "2");
        return stage.config(yaml, "models", options);
    }
}
