// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompressionType;

/** Engine settings of the job. */
final class Environment {
    private static final Duration REPLAY_WATERMARKS = Duration.ofMillis(20);

    /**
     * The longest that an event waits for its network buffer to fill: Flink's 100 ms alone would break a
     * latency of 50 ms. Under load buffers are full sooner, and the flushes cost nothing.
     */
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

    /** Where changes are read at once: twice the way, an event waits for half of it on average. */
    private static final Duration SHORT_BUFFER_TIMEOUT = Duration.ofMillis(5);

    private static final MemorySize SMALL_BUFFERS = MemorySize.ofMebiBytes(4);

    /** RocksDB takes a quarter of them for flushes. */
    private static final int THREADS = 8;

    /** Of each key group, the next ones. */
    private static final int TIMERS_AT_HAND = 1_024;

    private Environment() {}

    /** What the job needs, then the user's own flink.* options, which win. */
    static void prepare(StreamExecutionEnvironment env, SegmenterConfig config) {
        Configuration settings = new Configuration();
        // No reflection or Kryo anywhere: each type has its own serializer.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        settings.set(PipelineOptions.MAX_PARALLELISM, config.get(SegmenterOptions.MAX_PARALLELISM));
        if (config.isReplay()) {
            settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, REPLAY_WATERMARKS);
        }
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        rocksDb(settings);
        if (!config.isExactlyOnce()) {
            flushAtOnce(settings);
        }
        checkpoints(settings, config);
        settings.addAll(Configuration.fromMap(config.get(SegmenterOptions.FLINK)));
        env.configure(settings);
        config.find(SegmenterOptions.PARALLELISM).ifPresent(env::setParallelism);
    }

    /** Reasons: docs/decisions/0028. */
    private static void rocksDb(Configuration settings) {
        // Users are looked up by their whole key, and new ones are in no file at all.
        settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // Else the indexes and filters of millions of users crowd data out of the block cache.
        settings.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
        // Nine tenths of the data lie in the last level, so that little of it is out of date.
        settings.set(RocksDBConfigurableOptions.USE_DYNAMIC_LEVEL_SIZE, true);
        // Whatever the cluster's default is: timers on the heap would be written to the part of a
        // checkpoint that holds changed users.
        settings.set(
                RocksDBOptions.TIMER_SERVICE_FACTORY,
                EmbeddedRocksDBStateBackend.PriorityQueueStateType.ROCKSDB);
        // A refill reads RocksDB once, instead of each 128 timers of a key group; some 100 KB a
        // group.
        settings.set(RocksDBOptions.ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE, TIMERS_AT_HAND);
        // The first level's files are rewritten within seconds; the rest is worth its compression.
        settings.set(
                RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                List.of(CompressionType.NO_COMPRESSION, CompressionType.SNAPPY_COMPRESSION));
    }

    /**
     * Where changes are read at once, what a barrier has to flush delays them. Smaller buffers are flushed as they are
     * written; that costs more compactions. The threads are those of all states of a process.
     */
    private static void flushAtOnce(Configuration settings) {
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, SHORT_BUFFER_TIMEOUT);
        settings.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, SMALL_BUFFERS);
        settings.set(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS, THREADS);
    }

    private static void checkpoints(Configuration settings, SegmenterConfig config) {
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                config.get(SegmenterOptions.CHECKPOINT_INTERVAL));
        settings.set(
                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                config.get(SegmenterOptions.CHECKPOINT_TIMEOUT));
        settings.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        if (config.isExact()) {
            // Whatever the cluster's default is: they would reorder records.
            settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        }
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        config.find(SegmenterOptions.CHECKPOINT_DIRECTORY)
                .ifPresent(path -> settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, path));
    }
}
