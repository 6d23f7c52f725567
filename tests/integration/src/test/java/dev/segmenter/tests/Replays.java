// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/**
 * Replays of what a stage's clickstream holds, each under a namespace of its own.
 *
 * @param yaml null for the defaults
 * @param options further options of every run
 * @param length event time of the whole stream
 * @param endTime event time of the last event, ms
 */
record Replays(Stage stage, Path yaml, Map<String, String> options, Duration length, long endTime) {
    private static final int TASK_MANAGERS = 2;
    private static final long MORE_CHANGES = 100;

    /** At full speed, without interruption. */
    Outputs run(String namespace, int parallelism) throws Exception {
        return stage.run(config(namespace, parallelism, Map.of()));
    }

    Replays with(Map<String, String> otherOptions) {
        return new Replays(stage, yaml, otherOptions, length, endTime);
    }

    /** Throttled, so that all of it would take a wall-clock time; as fast as it goes if that is zero. */
    SegmenterConfig throttled(String namespace, int parallelism, Duration wallClock) {
        double speedUp = wallClock.isZero() ? 0 : length.toMillis() / (double) wallClock.toMillis();
        return config(namespace, parallelism, Map.of("replay.speed-up", Double.toString(speedUp)));
    }

    /** Begins throttled at 2, loses a TaskManager in the midst of it, and recovers by itself. */
    Outputs killed(String namespace, Duration wallClock) throws Exception {
        SegmenterConfig config = throttled(namespace, TASK_MANAGERS, wallClock);
        try (MiniCluster cluster = startCluster()) {
            JobClient job = kill(cluster, config);
            long before = stage.outputs(config).allChanges().size();
            job.getJobExecutionResult().get();
            Outputs outputs = stage.outputs(config);
            assertThat(before).isLessThan(outputs.allChanges().size());
            return outputs;
        }
    }

    /** Begins throttled, is stopped with a savepoint, and goes on at full speed and another width. */
    Outputs moved(String namespace, int from, int to, Duration wallClock) throws Exception {
        SegmenterConfig config = throttled(namespace, from, wallClock);
        JobClient job = stage.start(config, null);
        awaitMoreChanges(config, job);
        return resume(namespace, to, job);
    }

    /** Both: begins throttled at 2, loses a TaskManager, and ends at full speed and another width. */
    Outputs killedAndMoved(String namespace, int to, Duration wallClock) throws Exception {
        SegmenterConfig config = throttled(namespace, TASK_MANAGERS, wallClock);
        try (MiniCluster cluster = startCluster()) {
            JobClient job = kill(cluster, config);
            awaitMoreChanges(config, job);
            return resume(namespace, to, job);
        }
    }

    private JobClient kill(MiniCluster cluster, SegmenterConfig config) throws Exception {
        JobClient job = stage.startIn(new TestStreamEnvironment(cluster, TASK_MANAGERS), config);
        awaitMoreChanges(config, job);
        cluster.terminateTaskManager(1).get();
        cluster.startTaskManager();
        return job;
    }

    private Outputs resume(String namespace, int parallelism, JobClient job) throws Exception {
        String savepoint = stage.stop(job);
        SegmenterConfig config = config(namespace, parallelism, Map.of());
        long before = stage.outputs(config).allChanges().size();
        stage.start(config, savepoint).getJobExecutionResult().get();
        Outputs outputs = stage.outputs(config);
        assertThat(before).isBetween(MORE_CHANGES, outputs.allChanges().size() - 1L);
        return outputs;
    }

    private MiniCluster startCluster() throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(stage.settings())
                                .setNumTaskManagers(TASK_MANAGERS)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        cluster.start();
        return cluster;
    }

    /** Of what is committed: the job is in the midst of its stream, and has checkpoints. */
    private void awaitMoreChanges(SegmenterConfig config, JobClient job) throws Exception {
        long before = stage.outputs(config).allChanges().size();
        while (stage.outputs(config).allChanges().size() < before + MORE_CHANGES) {
            assertThat(job.getJobExecutionResult()).as("too fast to be interrupted").isNotDone();
            Thread.sleep(500);
        }
    }

    SegmenterConfig config(String namespace, int parallelism, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(options);
        all.put("mode", "replay");
        all.put("replay.end-time", Long.toString(endTime));
        all.put("parallelism", Integer.toString(parallelism));
        all.putAll(more);
        return stage.config(yaml, namespace, all);
    }

    /** Equal to the byte. Records are compared first, since their difference can be read. */
    static void assertSame(Outputs outputs, Outputs expected) {
        assertThat(outputs.snapshots()).isEqualTo(expected.snapshots());
        assertThat(outputs.changes()).isEqualTo(expected.changes());
        assertThat(outputs.told()).isEqualTo(expected.told());
        assertThat(outputs.wire()).isEqualTo(expected.wire());
    }
}
