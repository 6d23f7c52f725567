// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka broker with its KRaft controller in this process, on 127.0.0.1 only; its data go with it. */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 600;
    private static final long ATTEMPT_MILLIS = 50;
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;

    /** One replica of everything, and few partitions of internal topics, so that the start is quick. */
    private static final Map<String, String> SINGLE_NODE =
            Map.of(
                    "auto.create.topics.enable", "false",
                    "group.initial.rebalance.delay.ms", "0",
                    "default.replication.factor", "1",
                    "offsets.topic.replication.factor", "1",
                    "offsets.topic.num.partitions", "1",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "transaction.state.log.num.partitions", "4",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1");

    /** Replays carry timestamps years old, and synthetic users live faster than the clock. */
    private static final Map<String, String> ANY_EVENT_TIME =
            Map.of(
                    "log.retention.ms", "-1",
                    "log.message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE),
                    "log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));

    private final Path directory;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(Path directory, KafkaRaftServer server, String bootstrapServers) {
        this.directory = directory;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on any free port. */
    public static EmbeddedKafka start() {
        return start(Ports.any(), Map.of());
    }

    /** Starts a broker on this port. */
    public static EmbeddedKafka start(int port) {
        return start(port, Map.of());
    }

    /** Starts a broker on this port with further broker settings; refused if the port is in use. */
    public static EmbeddedKafka start(int port, Map<String, String> settings) {
        Ports.exactly("kafka.port", port);
        Path directory = createDirectory();
        try {
            Properties properties = properties(port, Ports.any(), directory);
            properties.putAll(settings);
            format(directory);
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(directory, server, HOST + ":" + port);
        } catch (RuntimeException e) {
            FileUtils.deleteQuietly(directory.toFile());
            throw e;
        }
    }

    /** Host and port for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Creates a topic and waits until every partition of it is served. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        NewTopic topic =
                new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
            awaitLeaders(admin, ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topic " + name, e.getCause());
        }
    }

    /**
     * Only a leader that is ready answers. The client asks again until then, but gives up on a topic that the
     * broker has not heard of yet.
     */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
            throws InterruptedException, ExecutionException {
        for (int attempt = 1; ; attempt++) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(ATTEMPT_MILLIS);
            }
        }
    }

    /** Stops the broker and removes its data; closing twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            FileUtils.deleteQuietly(directory.toFile());
        }
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("segmenter-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(int port, int controllerPort, Path directory) {
        Properties properties = new Properties();
        properties.putAll(SINGLE_NODE);
        properties.putAll(ANY_EVENT_TIME);
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "PLAINTEXT://"
                        + HOST
                        + ":"
                        + port
                        + ",CONTROLLER://"
                        + HOST
                        + ":"
                        + controllerPort);
        properties.put("log.dirs", directory.toString());
        return properties;
    }

    private static void format(Path directory) {
        try {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the broker's folder " + directory, e);
        }
    }
}
