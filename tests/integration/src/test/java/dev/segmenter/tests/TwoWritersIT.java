// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.job.kafka.KafkaModelLease;
import dev.segmenter.job.kafka.KafkaStartup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two live jobs never write one model for longer than a checkpoint. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TwoWritersIT {
    @TempDir Path folder;

    @Test
    void liveJobWhoseModelAnotherTakes_failsForGoodWithTheReason() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = stage.config(null, "contested", Map.of("parallelism", "1"));
            JobClient job = stage.start(config, null);
            while (job.getJobStatus().get() != JobStatus.RUNNING) {
                Thread.sleep(100);
            }
            Thread.sleep(3_000);
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);

            try (ModelLease.Holding other = new KafkaModelLease(config).acquire("default")) {
                assertThatThrownBy(() -> job.getJobExecutionResult().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasStackTraceContaining("another job has taken over the model")
                        .hasStackTraceContaining("namespace of its own");
                other.confirm();
            }
        }
    }

    @Test
    void jobOfAnotherNamespace_takesNothing() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig one = withTopics(stage, "one");
            SegmenterConfig two = withTopics(stage, "two");
            try (ModelLease.Holding first = new KafkaModelLease(one).acquire("default");
                    ModelLease.Holding second = new KafkaModelLease(two).acquire("default")) {
                second.confirm();
                first.confirm();
            }
        }
    }

    @Test
    void lease_goesToWhoeverAcquiresItLast() throws Exception {
        try (Stage stage = new Stage(folder)) {
            stage.createClickstream();
            SegmenterConfig config = withTopics(stage, "handed-on");
            ModelLease lease = new KafkaModelLease(config);
            try (ModelLease.Holding first = lease.acquire("default")) {
                first.confirm();
                try (ModelLease.Holding second = lease.acquire("default")) {
                    second.confirm();
                    assertThatThrownBy(first::confirm).isInstanceOf(ModelLease.LostException.class);
                    second.confirm();
                }
            }
        }
    }

    private static SegmenterConfig withTopics(Stage stage, String namespace) {
        SegmenterConfig config = stage.config(null, namespace, Map.of());
        KafkaStartup.check(config, 1);
        return config;
    }
}
