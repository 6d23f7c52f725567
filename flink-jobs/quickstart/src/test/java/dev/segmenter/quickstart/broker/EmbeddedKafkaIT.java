// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaIT {
    private static final long YEAR_2010 = 1_291_191_960_000L;

    @Test
    void transaction_committed_isReadBackWithItsOldTimestamp() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("events", 2, Map.of());
            produceInTransaction(kafka);

            ConsumerRecord<byte[], byte[]> record = readOne(kafka);

            assertThat(record.value()).asString(UTF_8).isEqualTo("value");
            assertThat(record.timestamp()).isEqualTo(YEAR_2010);
        }
    }

    @Test
    void start_portInUse_refusedWithPortAndRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kafka.port")
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()))
                    .hasMessageContaining("choose another");
        }
    }

    @Test
    void close_calledTwice_freesThePortWithinSeconds() {
        int port = Ports.any();
        EmbeddedKafka kafka = EmbeddedKafka.start(port);
        long start = System.nanoTime();

        kafka.close();
        kafka.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(Ports.exactly("kafka.port", port)).isEqualTo(port);
    }

    private static void produceInTransaction(EmbeddedKafka kafka) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        "embedded-kafka-it");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent =
                    producer.send(
                            new ProducerRecord<>(
                                    "events",
                                    1,
                                    YEAR_2010,
                                    "key".getBytes(UTF_8),
                                    "value".getBytes(UTF_8)));
            sent.get(30, TimeUnit.SECONDS);
            producer.commitTransaction();
        }
    }

    private static ConsumerRecord<byte[], byte[]> readOne(EmbeddedKafka kafka) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition("events", 1)));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    return record;
                }
            }
            throw new AssertionError("nothing to read within 30 s");
        }
    }
}
