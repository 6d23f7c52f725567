// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ClientDefaultsTest {
    private final Properties properties = new Properties();

    @Test
    void nothingConfigured_clientsTakeOurs() {
        ClientDefaults.consumer(properties);
        ClientDefaults.transactionalProducer(properties);

        assertThat(properties).containsOnlyKeys("max.poll.records", "linger.ms", "batch.size");
        // Both refuse values of a wrong type or range; neither needs a broker to start.
        properties.put("bootstrap.servers", "localhost:9092");
        assertThatCode(this::openConsumer).doesNotThrowAnyException();
        assertThatCode(this::openProducer).doesNotThrowAnyException();
    }

    @Test
    void configured_stays() {
        properties.put("max.poll.records", "7");
        properties.put("linger.ms", "1");
        properties.put("batch.size", "9");

        ClientDefaults.consumer(properties);
        ClientDefaults.transactionalProducer(properties);

        assertThat(properties)
                .containsEntry("max.poll.records", "7")
                .containsEntry("linger.ms", "1")
                .containsEntry("batch.size", "9");
    }

    private void openConsumer() {
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .close();
    }

    private void openProducer() {
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())
                .close();
    }
}
