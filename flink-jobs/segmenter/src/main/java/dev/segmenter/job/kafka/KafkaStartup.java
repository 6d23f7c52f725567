// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.config.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Looks at the brokers before the job starts, and says clearly what is missing. */
public final class KafkaStartup {
    private static final String TRANSACTION_LIMIT = "transaction.max.timeout.ms";

    // Without a greatest lag an erased user's last membership could stay for as long as traffic is
    // low.
    private static final Map<String, String> MEMBERSHIPS =
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(Duration.ofDays(1).toMillis()));
    // A job that starts anew needs the newest snapshot, however old.
    private static final Map<String, String> SNAPSHOTS =
            Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

    private final SegmenterConfig config;
    private final int parallelism;
    private final Duration timeout;

    private KafkaStartup(SegmenterConfig config, int environmentParallelism) {
        this.config = config;
        this.parallelism = config.find(SegmenterOptions.PARALLELISM).orElse(environmentParallelism);
        this.timeout = config.get(SegmenterOptions.KAFKA_TIMEOUT);
    }

    /**
     * Refuses an unreachable broker, missing topics, and what the broker does not allow. The
     * environment's parallelism counts where the configuration sets none.
     */
    public static void check(SegmenterConfig config, int environmentParallelism) {
        new KafkaStartup(config, environmentParallelism).run();
    }

    /** Refuses an unreachable broker and missing ones of the topics that a calibration needs. */
    public static void checkCalibration(SegmenterConfig config) {
        KafkaStartup startup = new KafkaStartup(config, 1);
        List<String> missing = new ArrayList<>();
        missing.add(config.topics().clickstream());
        if (config.get(SegmenterOptions.CALIBRATE_PUBLISH)) {
            missing.add(config.topics().snapshots());
        }
        try (Admin admin = startup.admin()) {
            missing.removeAll(startup.topics(admin));
            if (!missing.isEmpty()) {
                startup.createOrRefuse(admin, missing);
            }
        } catch (KafkaException e) {
            throw new ConfigException("kafka: " + e.getMessage(), e);
        }
    }

    private Admin admin() {
        Properties properties = config.kafkaProperties();
        properties.put("default.api.timeout.ms", Long.toString(timeout.toMillis()));
        properties.put("request.timeout.ms", Long.toString(Math.min(timeout.toMillis(), 10_000)));
        return Admin.create(properties);
    }

    private void run() {
        try (Admin admin = admin()) {
            Set<String> existing = topics(admin);
            List<String> missing = new ArrayList<>(config.topics().all());
            missing.removeAll(existing);
            if (!missing.isEmpty()) {
                createOrRefuse(admin, missing);
            }
            if (config.isExactlyOnce()) {
                checkTransactionTimeout(admin);
            }
            if (config.isExact()) {
                checkPartitions(admin);
            }
        } catch (KafkaException e) {
            throw new ConfigException("kafka: " + e.getMessage(), e);
        }
    }

    private Set<String> topics(Admin admin) {
        try {
            return get(admin.listTopics().names());
        } catch (ConfigException e) {
            throw new ConfigException(
                    SegmenterOptions.BOOTSTRAP_SERVERS.key()
                            + ": no broker answers at '"
                            + config.get(SegmenterOptions.BOOTSTRAP_SERVERS)
                            + "' within "
                            + timeout.toSeconds()
                            + " s; check the address and that the broker runs",
                    e);
        }
    }

    private void createOrRefuse(Admin admin, List<String> missing) {
        if (!config.get(SegmenterOptions.CREATE_TOPICS)) {
            throw new ConfigException(
                    "kafka: topics are missing: "
                            + String.join(", ", missing)
                            + "; create them, or set "
                            + SegmenterOptions.CREATE_TOPICS.key()
                            + ": true");
        }
        int partitions = config.get(SegmenterOptions.CREATE_PARTITIONS);
        List<NewTopic> topics =
                missing.stream()
                        .map(
                                name ->
                                        new NewTopic(
                                                        name,
                                                        Optional.of(partitions),
                                                        Optional.empty())
                                                .configs(settings(name, config.topics())))
                        .toList();
        get(admin.createTopics(topics).all());
        awaitKnown(admin, missing);
    }

    /** A broker may answer that it does not know a topic yet that it has just created. */
    private void awaitKnown(Admin admin, List<String> topics) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!get(admin.listTopics().names()).containsAll(topics)) {
            if (System.nanoTime() > deadline) {
                throw new ConfigException(
                        "kafka: created topics are not known after "
                                + timeout.toSeconds()
                                + " s: "
                                + String.join(", ", topics));
            }
        }
    }

    /** What a topic is created with; docker/create-topics.sh does the same, which a test checks. */
    static Map<String, String> settings(String topic, Topics topics) {
        if (topic.equals(topics.memberships())) {
            return MEMBERSHIPS;
        }
        return topic.equals(topics.snapshots()) ? SNAPSHOTS : Map.of();
    }

    private void checkTransactionTimeout(Admin admin) {
        Map<ConfigResource, String> limits = new HashMap<>();
        get(admin.describeCluster().nodes())
                .forEach(
                        node ->
                                limits.put(
                                        new ConfigResource(
                                                ConfigResource.Type.BROKER, node.idString()),
                                        node.toString()));
        long wanted = config.get(SegmenterOptions.TRANSACTION_TIMEOUT).toMillis();
        get(admin.describeConfigs(limits.keySet()).all())
                .forEach(
                        (broker, values) -> {
                            long limit = Long.parseLong(values.get(TRANSACTION_LIMIT).value());
                            if (wanted > limit) {
                                throw ConfigException.of(
                                        SegmenterOptions.TRANSACTION_TIMEOUT.key(),
                                        Duration.ofMillis(wanted),
                                        "is more than broker "
                                                + broker.name()
                                                + " allows ("
                                                + TRANSACTION_LIMIT
                                                + " = "
                                                + Duration.ofMillis(limit)
                                                + "); shorten it or raise the broker's limit");
                            }
                        });
    }

    /** A subtask without a partition would hold no clock and make the outcome depend on scheduling. */
    private void checkPartitions(Admin admin) {
        String topic = config.topics().clickstream();
        int partitions =
                get(admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic)
                        .partitions()
                        .size();
        if (parallelism > partitions) {
            throw ConfigException.of(
                    SegmenterOptions.PARALLELISM.key(),
                    parallelism,
                    "is more than the "
                            + partitions
                            + " partitions of "
                            + topic
                            + ", which exact assignment refuses; lower it");
        }
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ConfigException("kafka: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new ConfigException("kafka: no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("kafka: interrupted", e);
        }
    }
}
