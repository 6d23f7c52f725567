// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cluster's own configuration breaks no exact assignment. */
class EnvironmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution.checkpointing.unaligned.enabled",
                "execution.checkpointing.unaligned"
            })
    void exactAssignment_onAClusterOfUnalignedCheckpoints_alignsItsOwn(String key) {
        assertThat(prepared(Map.of(key, "true"), "exact").isUnaligned()).isFalse();
        assertThat(prepared(Map.of(key, "true"), "live").isUnaligned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "live"})
    void job_onAClusterOfOtherDefaults_keepsItsGuarantee(String assignment) {
        Prepared job =
                prepared(
                        Map.of(
                                "execution.checkpointing.mode", "AT_LEAST_ONCE",
                                "execution.runtime-mode", "BATCH"),
                        assignment);

        assertThat(job.mode()).isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(job.env().getConfiguration().get(ExecutionOptions.RUNTIME_MODE))
                .isEqualTo(RuntimeExecutionMode.STREAMING);
    }

    @Test
    void networkBuffers_areFlushedWithinTheLatencyAimedAt_unlessToldOtherwise() {
        assertThat(prepared(Map.of(), "live").env().getBufferTimeout()).isLessThanOrEqualTo(25);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment();
        Environment.prepare(
                env,
                SegmenterConfig.load(
                        null,
                        Map.of(
                                "kafka.bootstrap-servers",
                                "broker:9092",
                                "flink.execution.buffer-timeout.interval",
                                "200 ms")));
        assertThat(env.getBufferTimeout()).isEqualTo(200);
    }

    /** By their default where changes wait for the checkpoint anyway. */
    @Test
    void writeBuffers_areSmallWhereChangesAreReadAtOnce_unlessToldOtherwise() {
        ConfigOption<MemorySize> buffers = RocksDBConfigurableOptions.WRITE_BUFFER_SIZE;
        assertThat(configured(Map.of()).getOptional(buffers)).isEmpty();
        Map<String, String> atOnce = Map.of("delivery.guarantee", "at-least-once");
        assertThat(configured(atOnce).get(buffers)).isLessThan(buffers.defaultValue());
        Map<String, String> told = new HashMap<>(atOnce);
        told.put("flink." + buffers.key(), "32 mb");
        assertThat(configured(told).get(buffers)).isEqualTo(MemorySize.ofMebiBytes(32));
    }

    private static ReadableConfig configured(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("kafka.bootstrap-servers", "broker:9092");
        StreamExecutionEnvironment env = new StreamExecutionEnvironment();
        Environment.prepare(env, SegmenterConfig.load(null, all));
        return env.getConfiguration();
    }

    private static Prepared prepared(Map<String, String> cluster, String assignment) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(cluster));
        Environment.prepare(
                env,
                SegmenterConfig.load(
                        null,
                        Map.of(
                                "kafka.bootstrap-servers",
                                "broker:9092",
                                "assignment",
                                assignment)));
        return new Prepared(env);
    }

    /** What the engine will do. */
    private record Prepared(StreamExecutionEnvironment env) {
        boolean isUnaligned() {
            return env.getCheckpointConfig().isUnalignedCheckpointsEnabled();
        }

        CheckpointingMode mode() {
            return env.getConfiguration().get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE);
        }
    }
}
