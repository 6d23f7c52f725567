// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.SegmenterMain;
import dev.segmenter.job.config.ConfigException;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.KafkaStartup;
import dev.segmenter.quickstart.broker.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What start-up says of a broker that is not as the job needs it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartupIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");

    @TempDir static Path folder;
    private static Stage stage;

    @BeforeAll
    static void start() {
        stage = new Stage(folder);
        stage.createClickstream();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void missingTopics_areAllNamed() {
        SegmenterConfig config =
                stage.config(
                        YAML,
                        "missing",
                        Map.of("kafka.create-topics", "false", "events.topic", "nowhere"));

        assertThatThrownBy(() -> KafkaStartup.check(config, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("nowhere", "kafka.create-topics")
                .hasMessageContainingAll(
                        "missing.segment-changes",
                        "missing.segment-memberships",
                        "missing.centroid-snapshots",
                        "missing.dead-letters")
                .hasMessageNotContaining("missing.clickstream");
    }

    @Test
    void createdTopics_keepWhatLaterStartsNeedAndNoFormerMembership() throws Exception {
        SegmenterConfig config = stage.config(YAML, "created", Map.of());

        KafkaStartup.check(config, 1);

        Config memberships = settings(config.topics().memberships());
        assertThat(memberships.get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(memberships.get("max.compaction.lag.ms").value())
                .isEqualTo(Long.toString(Duration.ofDays(1).toMillis()));
        Config snapshots = settings(config.topics().snapshots());
        assertThat(snapshots.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(snapshots.get("retention.ms").isDefault()).isFalse();
        assertThat(snapshots.get("retention.ms").value()).isEqualTo("-1");
        assertThat(settings(config.topics().changes()).get("cleanup.policy").value())
                .isEqualTo("delete");
        KafkaStartup.check(
                stage.config(YAML, "created", Map.of("kafka.create-topics", "false")), 1);
    }

    @Test
    void unreachableBroker_isNamedWithinTheTimeout() {
        String address = "127.0.0.1:" + Ports.any();
        SegmenterConfig config =
                stage.config(
                        YAML,
                        "unreachable",
                        Map.of("kafka.bootstrap-servers", address, "kafka.startup-timeout", "3s"));
        Instant start = Instant.now();

        assertThatThrownBy(() -> KafkaStartup.check(config, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("kafka.bootstrap-servers", address, "3 s");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void transactionTimeoutAboveTheBrokers_isRefusedWithBoth() {
        SegmenterConfig config =
                stage.config(YAML, "slow", Map.of("delivery.transaction-timeout", "20min"));

        assertThatThrownBy(() -> KafkaStartup.check(config, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "delivery.transaction-timeout", "PT20M", "PT15M", "transaction.max");
    }

    @Test
    void exactAssignmentWiderThanTheTopic_isRefused() {
        int wide = Stage.PARTITIONS + 1;
        Map<String, String> exact = Map.of("assignment", "exact");
        SegmenterConfig fromEnvironment = stage.config(YAML, "wide", exact);
        SegmenterConfig configured =
                stage.config(
                        YAML,
                        "wide",
                        Map.of("assignment", "exact", "parallelism", Integer.toString(wide)));

        for (SegmenterConfig config : List.of(fromEnvironment, configured)) {
            assertThatThrownBy(() -> KafkaStartup.check(config, wide))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("parallelism", wide + "", Stage.PARTITIONS + "")
                    .hasMessageContaining("exact assignment refuses; lower it");
        }
        KafkaStartup.check(fromEnvironment, Stage.PARTITIONS);
        KafkaStartup.check(stage.config(YAML, "wide", Map.of()), wide);
    }

    @Test
    void badConfiguration_isRefusedBeforeAnyConnection() throws Exception {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String[] arguments = {
                "--kafka.bootstrap-servers",
                "127.0.0.1:" + nobody.getLocalPort(),
                "--delivery.transaction-timeout",
                "1s"
            };

            assertThatThrownBy(() -> SegmenterMain.main(arguments))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("delivery.transaction-timeout");
            nobody.setSoTimeout(200);
            assertThatThrownBy(nobody::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static Config settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.bootstrapServers()))) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource);
        }
    }
}
