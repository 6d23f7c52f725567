// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.ApicurioProcess;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordEncoder;
import dev.segmenter.schemas.codec.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with a schema registry at both ends. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RegistryIT {
    private static final Path YAML = Path.of("src/test/resources/fast.yaml");
    private static final String CONFLUENT_TOPIC = "confluent-events";

    @TempDir Path folder;

    @Test
    void confluentFormat_inAndOut_decidesWhatPlainAvroDoes() throws Exception {
        try (ApicurioProcess registry = ApicurioProcess.start();
                Stage stage = new Stage(folder)) {
            stage.createClickstream();
            stage.send(TwoHabits.before());
            Outputs plain = stage.run(config(stage, "plain", Map.of()));

            String url = registry.settings().url().toString();
            SegmenterConfig config =
                    config(
                            stage,
                            "confluent",
                            Map.of(
                                    "events.topic",
                                    CONFLUENT_TOPIC,
                                    "events.format",
                                    "confluent",
                                    "output.format",
                                    "confluent",
                                    "registry.url",
                                    url));
            stage.createTopic(CONFLUENT_TOPIC);
            send(stage, config);
            Outputs outputs = stage.run(config);

            assertThat(plain.changes()).hasSize(TwoHabits.USERS);
            assertThat(outputs.changes()).isEqualTo(plain.changes());
            assertThat(outputs.memberships()).isEqualTo(plain.memberships());
            assertThat(outputs.snapshots()).isEqualTo(plain.snapshots());
            for (String topic :
                    new String[] {
                        config.topics().changes(),
                        config.topics().memberships(),
                        config.topics().snapshots()
                    }) {
                assertThat(registry.send("GET", "/subjects", "").body()).contains(topic + "-value");
            }
        }
    }

    private static void send(Stage stage, SegmenterConfig config) throws Exception {
        RecordEncoder<Event> encoder =
                Codecs.encoder(
                        WireFormat.CONFLUENT,
                        Event.class,
                        config.registry(),
                        CONFLUENT_TOPIC + "-value");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", stage.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Event event : TwoHabits.before()) {
                byte[] key = event.getUserId().getBytes(StandardCharsets.UTF_8);
                sent.add(
                        producer.send(
                                new ProducerRecord<>(CONFLUENT_TOPIC, key, encoder.encode(event))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static SegmenterConfig config(Stage stage, String namespace, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("mode", "replay");
        options.put("replay.end-time", Long.toString(TwoHabits.TURN.toEpochMilli()));
        options.put("parallelism", "2");
        options.put("model.k", "2");
        return stage.config(YAML, namespace, options);
    }
}
