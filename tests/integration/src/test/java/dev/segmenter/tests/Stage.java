// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import dev.segmenter.job.SegmenterJob;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.CommittedRecords;
import dev.segmenter.job.kafka.KafkaStartup;
import dev.segmenter.quickstart.InputRecord;
import dev.segmenter.quickstart.broker.EmbeddedKafka;
import dev.segmenter.quickstart.input.EventFeed;
import dev.segmenter.quickstart.metrics.JobCounters;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** A real broker and, for each job, a real mini cluster. */
final class Stage implements AutoCloseable {
    static final String CLICKSTREAM = "clickstream";
    static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final Configuration metrics = new Configuration();
    private final JobCounters counters = JobCounters.install(metrics);
    private final Path folder;

    /** Checkpoints go to this folder. */
    Stage(Path folder) {
        this.folder = folder;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    void createClickstream() {
        createTopic(CLICKSTREAM);
    }

    void createTopic(String name) {
        kafka.createTopic(name, PARTITIONS, Map.of());
    }

    /** A feed into the clickstream; close it to flush. */
    EventFeed feed() {
        return new EventFeed(bootstrapServers(), CLICKSTREAM);
    }

    void send(List<Event> events) {
        try (EventFeed feed = feed()) {
            events.forEach(event -> feed.send(InputRecord.of(event)));
        }
    }

    /** A configuration whose job reads the clickstream and writes to its own namespace. */
    SegmenterConfig config(Path yaml, String namespace, Map<String, String> options) {
        Map<String, String> all = new HashMap<>();
        all.put("namespace", namespace);
        all.put("events.topic", CLICKSTREAM);
        all.put("kafka.bootstrap-servers", bootstrapServers());
        all.put("kafka.create-topics", "true");
        all.put("kafka.create-partitions", Integer.toString(PARTITIONS));
        all.put("checkpoint.interval", "1s");
        all.putAll(options);
        return SegmenterConfig.load(yaml, all);
    }

    /** Starts a job on a cluster of its own, from a savepoint unless it is null. */
    JobClient start(SegmenterConfig config, String savepoint) throws Exception {
        Configuration settings = settings();
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        return startIn(StreamExecutionEnvironment.createLocalEnvironment(settings), config);
    }

    /** Starts a job in an environment. */
    JobClient startIn(StreamExecutionEnvironment env, SegmenterConfig config) throws Exception {
        KafkaStartup.check(config, env.getParallelism());
        return SegmenterJob.submit(env, config);
    }

    /** The counters of all jobs started here. */
    JobCounters counters() {
        return counters;
    }

    /** The partition of the clickstream that a user's events go to. */
    static int partitionOf(String userId) {
        return BuiltInPartitioner.partitionForKey(
                userId.getBytes(StandardCharsets.UTF_8), PARTITIONS);
    }

    /** Of a cluster for tests. */
    Configuration settings() {
        Configuration settings = metrics.clone();
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        return settings;
    }

    /** Runs a bounded job to its end and reads what it committed. */
    Outputs run(SegmenterConfig config) throws Exception {
        start(config, null).getJobExecutionResult().get();
        return outputs(config);
    }

    /**
     * Reads again and again until what is committed suffices; the test's timeout bounds it. Topics are read
     * one after another, so the last reading is one more, which has in each what belongs together.
     */
    Outputs await(SegmenterConfig config, Predicate<Outputs> enough) throws InterruptedException {
        while (!enough.test(outputs(config))) {
            Thread.sleep(500);
        }
        return outputs(config);
    }

    /** Waits until a snapshot suffices, of all that are committed or will be; the test's timeout bounds it. */
    CentroidSnapshot awaitSnapshot(SegmenterConfig config, Predicate<CentroidSnapshot> enough) {
        RecordDecoder<CentroidSnapshot> decoder =
                Codecs.decoder(config.outputFormat(), CentroidSnapshot.class, config.registry());
        AtomicReference<CentroidSnapshot> found = new AtomicReference<>();
        try (CommittedRecords snapshots =
                new CommittedRecords(
                        config.kafkaProperties(), List.of(config.topics().snapshots()))) {
            snapshots.readWhile(
                    () -> found.get() == null,
                    record -> {
                        CentroidSnapshot snapshot = decoder.decode(record.value());
                        if (enough.test(snapshot)) {
                            found.compareAndSet(null, snapshot);
                        }
                    });
        }
        return found.get();
    }

    Outputs outputs(SegmenterConfig config) {
        return Outputs.read(config);
    }

    /** Ends a job with a savepoint, and returns where it is. */
    String stop(JobClient job) throws Exception {
        return job.stopWithSavepoint(false, savepoints(), SavepointFormatType.CANONICAL).get();
    }

    /** Ends a job for good: its clock passes all time, and everything is finished. */
    String drain(JobClient job) throws Exception {
        return job.stopWithSavepoint(true, savepoints(), SavepointFormatType.CANONICAL).get();
    }

    private String savepoints() {
        return folder.resolve("savepoints").toUri().toString();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
