// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to one topic; a record that could not be sent fails the next one, or the closing. */
final class EventProducer implements Closeable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private volatile Exception failure;

    private EventProducer(Broker broker, String topic, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", broker.address());
        all.put("acks", "1");
        all.put("buffer.memory", "67108864");
        this.topic = topic;
        producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** For as many a second as possible. */
    static EventProducer forThroughput(Broker broker, String topic) {
        return new EventProducer(broker, topic, Map.of("linger.ms", "20", "batch.size", "262144"));
    }

    /** As the client is by default: a record waits 5 ms at most for others. */
    static EventProducer forLatency(Broker broker, String topic) {
        return new EventProducer(broker, topic, Map.of());
    }

    /** Time: of the record, ms. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
    void send(byte[] key, byte[] value, long time) {
        requireSent();
        producer.send(
                new ProducerRecord<>(topic, null, time, key, value),
                (sent, error) -> {
                    if (error != null) {
                        failure = error;
                    }
                });
    }

    private void requireSent() {
        if (failure != null) {
            throw new IllegalStateException("an event cannot be sent to " + topic, failure);
        }
    }

    /** Once all are sent. */
    @Override
    public void close() {
        producer.close();
        requireSent();
    }
}
