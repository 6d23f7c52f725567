// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Savepoints of former versions go on under this one. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SavepointIT {
    private static final String KEEP = "segmenter.keep-savepoint";
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "assignment", "exact",
                    "parallelism", "1",
                    "model.k", "2",
                    "flink.restart-strategy.type", "none");
    private static final Duration QUIET = Duration.ofSeconds(5);

    @TempDir Path folder;

    static List<String> versions() throws IOException {
        return KeptSavepoint.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keptSavepoint_restored_goesOnWhereItWas(String version) throws Exception {
        KeptSavepoint kept = KeptSavepoint.of(version);
        Path elsewhere = folder.resolve("elsewhere");
        kept.copySavepointTo(elsewhere);
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            SegmenterConfig config = stage.config(kept.yaml(), "kept", OPTIONS);
            JobClient job = stage.start(config, elsewhere.toUri().toString());
            stage.send(TwoHabits.after());
            Outputs outputs = stage.await(config, now -> now.changes().size() == TwoHabits.USERS);
            job.cancel().get();

            checkUsers(kept.memberships(), outputs);
            checkModel(kept.snapshot(), outputs.snapshots().get(0));
            assertThat(outputs.deadLetters())
                    .extracting(DeadLetter::getErrorClass)
                    .containsExactly(ErrorClass.LATE);
        }
    }

    /** Everyone has a change at last, and each goes on from the kept membership. */
    private static void checkUsers(Map<String, SegmentMembership> kept, Outputs outputs) {
        assertThat(kept).hasSize(TwoHabits.USERS);
        for (String user : TwoHabits.users()) {
            SegmentChange first = outputs.changes().get(user).get(0);
            SegmentMembership before = kept.get(user);
            assertThat(first.getIncarnation()).as(user).isEqualTo(before.getIncarnation());
            assertThat(first.getSequence()).as(user).isEqualTo(before.getSequence() + 1);
            assertThat(first.getPreviousSegmentId()).as(user).isEqualTo(before.getSegmentId());
        }
        assertThat(outputs.allChanges())
                .extracting(SegmentChange::getCause)
                .contains(Cause.BEHAVIOUR, Cause.EXPIRY, Cause.ERASURE)
                .doesNotContain(Cause.FIRST);
    }

    private static void checkModel(CentroidSnapshot kept, CentroidSnapshot next) {
        assertThat(next.getVersion()).isEqualTo(kept.getVersion() + 1);
        assertThat(next.getParentId()).isEqualTo(kept.getModelId());
        assertThat(next.getCentroids())
                .extracting(Centroid::getSegmentId)
                .isSubsetOf(kept.getCentroids().stream().map(Centroid::getSegmentId).toList());
    }

    @Test
    @EnabledIfSystemProperty(named = KEEP, matches = "v\\d+")
    void keep_savepointOfThisVersion() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            // State within the metadata would be named by the absolute path it was meant for.
            Map<String, String> options = new HashMap<>(OPTIONS);
            options.put("flink.execution.checkpointing.data-inline-threshold", "0 b");
            SegmenterConfig config = stage.config(YAML, "kept", options);
            JobClient job = stage.start(config, null);
            Outputs outputs =
                    stage.await(
                            config,
                            now ->
                                    now.live() == TwoHabits.USERS
                                            && now.equals(later(stage, config)));
            String savepoint = stage.stop(job);
            KeptSavepoint.of(System.getProperty(KEEP))
                    .write(Path.of(URI.create(savepoint)), YAML, outputs);
        }
    }

    private static Outputs later(Stage stage, SegmenterConfig config) {
        try {
            Thread.sleep(QUIET.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return stage.outputs(config);
    }
}
