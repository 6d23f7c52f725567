// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.cluster;

import dev.segmenter.quickstart.metrics.JobCounters;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process with its web dashboard, on 127.0.0.1 only. */
public final class LocalFlink {
    private static final String HOST = "127.0.0.1";
    private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);

    private final StreamExecutionEnvironment environment;
    private final JobCounters counters;
    private final Path folder;
    private final String dashboard;

    /** Prepares the cluster; it starts with its first job. Its files go to {@code folder}. */
    public LocalFlink(int dashboardPort, Path folder, Path logFile) {
        Configuration settings = new Configuration();
        this.counters = JobCounters.install(settings);
        this.folder = folder;
        this.dashboard = "http://" + HOST + ":" + dashboardPort;
        settings.set(RestOptions.PORT, dashboardPort);
        settings.set(RestOptions.ADDRESS, HOST);
        settings.set(RestOptions.BIND_ADDRESS, HOST);
        settings.set(JobManagerOptions.BIND_HOST, HOST);
        settings.set(TaskManagerOptions.BIND_HOST, HOST);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, ROCKSDB_MEMORY);
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(WebOptions.LOG_PATH, logFile.toString());
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        this.environment = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(settings);
    }

    public StreamExecutionEnvironment environment() {
        return environment;
    }

    /** Figures of the job that runs here. */
    public JobCounters counters() {
        return counters;
    }

    /** Where savepoints go. */
    public String savepoints() {
        return folder.resolve("savepoints").toUri().toString();
    }

    /** Address of the web dashboard. */
    public String dashboard() {
        return dashboard;
    }
}
