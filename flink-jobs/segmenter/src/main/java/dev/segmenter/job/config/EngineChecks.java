// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/**
 * What may not be passed on to Flink by {@code flink.*}, under a present or a former key of Flink: what the
 * job has an option for, since its checks would not see it, and what breaks exact assignment.
 */
final class EngineChecks {
    private static final Map<ConfigOption<?>, ConfigOption<?>> OWN = new LinkedHashMap<>();

    static {
        OWN.put(CoreOptions.DEFAULT_PARALLELISM, SegmenterOptions.PARALLELISM);
        OWN.put(PipelineOptions.MAX_PARALLELISM, SegmenterOptions.MAX_PARALLELISM);
        OWN.put(CheckpointingOptions.CHECKPOINTING_INTERVAL, SegmenterOptions.CHECKPOINT_INTERVAL);
        OWN.put(CheckpointingOptions.CHECKPOINTING_TIMEOUT, SegmenterOptions.CHECKPOINT_TIMEOUT);
    }

    private final Configuration engine;

    EngineChecks(Map<String, String> flinkOptions) {
        this.engine = Configuration.fromMap(flinkOptions);
    }

    void run() {
        OWN.forEach(
                (theirs, ours) ->
                        refuse(
                                engine.contains(theirs),
                                theirs,
                                "would escape the checks; use " + ours.key()));
        refuse(
                engine.get(ExecutionOptions.RUNTIME_MODE) != RuntimeExecutionMode.STREAMING,
                ExecutionOptions.RUNTIME_MODE,
                "has no checkpoints and no clock; remove it");
        refuse(
                engine.get(RocksDBOptions.TIMER_SERVICE_FACTORY)
                        != EmbeddedRocksDBStateBackend.PriorityQueueStateType.ROCKSDB,
                RocksDBOptions.TIMER_SERVICE_FACTORY,
                "writes to the part of a checkpoint that holds changed users; remove it");
    }

    void runExact() {
        refuse(
                engine.get(CheckpointingOptions.ENABLE_UNALIGNED),
                CheckpointingOptions.ENABLE_UNALIGNED,
                "reorders records, which exact assignment refuses; remove it");
        refuse(
                engine.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
                        != CheckpointingMode.EXACTLY_ONCE,
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                "counts events twice after a failure, which exact assignment refuses; remove it");
    }

    private void refuse(boolean wrong, ConfigOption<?> option, String reason) {
        if (wrong) {
            throw ConfigException.of("flink." + option.key(), engine.get(option), reason);
        }
    }
}
