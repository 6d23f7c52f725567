// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import dev.segmenter.quickstart.broker.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Clusters of this process, all alike, on 127.0.0.1 only; a failure ends the job. */
final class LocalCluster {
    /** The folder of savepoints, beside that of the checkpoints. */
    static final String SAVEPOINTS = "savepoints";

    private static final String HOST = "127.0.0.1";

    /** Below those that the operating system gives to connections, of which any may be taken by then. */
    private static final int FIRST_PORT = 18_081;

    private final RunSettings settings;
    private final Path checkpoints;
    private int port;

    LocalCluster(RunSettings settings) {
        this.settings = settings;
        this.checkpoints = settings.folder().resolve("checkpoints");
    }

    /** Takes a checkpoint of the last environment's job besides those that are due. */
    void checkpoint(JobID job) throws Exception {
        Configuration options = new Configuration();
        options.set(RestOptions.ADDRESS, HOST);
        options.set(RestOptions.PORT, port);
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(options, StandaloneClusterId.getInstance())) {
            client.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
        }
    }

    /** For one job; restored from this path if it is not null. */
    StreamExecutionEnvironment environment(String restoreFrom) {
        Configuration options = new Configuration();
        RunMetrics.install(options);
        port = Ports.nextFree(RestOptions.BIND_PORT.key(), FIRST_PORT);
        options.set(RestOptions.BIND_PORT, Integer.toString(port));
        options.set(RestOptions.ADDRESS, HOST);
        options.set(RestOptions.BIND_ADDRESS, HOST);
        options.set(JobManagerOptions.BIND_HOST, HOST);
        options.set(TaskManagerOptions.BIND_HOST, HOST);
        options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse(settings.managed()));
        options.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.parallelism());
        options.set(CoreOptions.TMP_DIRS, settings.folder().resolve("tmp").toString());
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        options.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        options.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (restoreFrom != null) {
            options.set(StateRecoveryOptions.SAVEPOINT_PATH, restoreFrom);
        }
        return StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), options);
    }

    /** The newest complete checkpoint. */
    String lastCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(LocalCluster::modified))
                    .orElseThrow(() -> new IllegalStateException("no checkpoint is complete"))
                    .getParent()
                    .toUri()
                    .toString();
        }
    }

    /** Bytes of all files of a savepoint. */
    static long bytesUnder(String uri) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(uri)))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static FileTime modified(Path file) {
        return FileTime.fromMillis(file.toFile().lastModified());
    }
}
