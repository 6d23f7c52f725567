// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.input;

import dev.segmenter.quickstart.InputRecord;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to the topic clickstream, each user's in order. */
public final class EventFeed implements AutoCloseable {
    private static final int PARTITION_WITHOUT_KEY = 0;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public EventFeed(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "enable.idempotence",
                                true,
                                "linger.ms",
                                5,
                                // Small, so that a reader of the full topic can go through its
                                // partitions side by side: a batch is read whole.
                                "batch.size",
                                1 << 14,
                                "buffer.memory",
                                16L << 20,
                                "compression.type",
                                "lz4"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Hands a record over; what goes wrong later shows at the next call. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
    public void send(InputRecord record) {
        throwFailure();
        byte[] key = record.key();
        // A fixed place for records without a key, so that equal input gives equal partitions.
        Integer partition = key == null ? PARTITION_WITHOUT_KEY : null;
        producer.send(
                new ProducerRecord<>(topic, partition, key, record.value()),
                (metadata, error) -> failure.compareAndSet(null, error));
    }

    /** Waits until the broker has everything. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void throwFailure() {
        Exception error = failure.get();
        if (error != null) {
            throw new IllegalStateException(
                    "cannot write to topic " + topic + ": " + error.getMessage(), error);
        }
    }
}
