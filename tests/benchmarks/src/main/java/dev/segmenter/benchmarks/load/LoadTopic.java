// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.BitSet;
import java.util.Map;

/**
 * A topic full of generated events.
 *
 * @param users distinct ones among the events
 * @param topShare of the events that the most active user has
 * @param meanBytes of a record's value
 */
record LoadTopic(String name, long events, long users, double topShare, double meanBytes) {

    /** Creates and fills it. */
    static LoadTopic preload(Broker broker, String name, LoadOptions options) {
        broker.createTopic(name, options.partitions());
        LoadEvents events = new LoadEvents(options);
        BitSet seen = new BitSet();
        long top = 0;
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            for (long i = 0; i < options.events(); i++) {
                long time = LoadEvents.timeOf(i, options.eventsPerDay());
                events.next(time);
                byte[] value = events.value();
                producer.send(new ProducerRecord<>(name, null, time, events.key(), value));
                seen.set(events.user());
                top += events.user() == 0 ? 1 : 0;
                bytes += value.length;
            }
        }
        double count = options.events();
        return new LoadTopic(
                name, options.events(), seen.cardinality(), top / count, bytes / count);
    }

    /** Distinct users among the first events of it. */
    static long usersAmong(long count, LoadOptions options) {
        LoadEvents events = new LoadEvents(options);
        BitSet seen = new BitSet();
        for (long i = 0; i < count; i++) {
            events.next(LoadEvents.timeOf(i, options.eventsPerDay()));
            seen.set(events.user());
        }
        return seen.cardinality();
    }

    private static KafkaProducer<byte[], byte[]> producer(Broker broker) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.address(),
                        "acks", "1",
                        "linger.ms", "20",
                        "batch.size", "262144",
                        "buffer.memory", "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
