// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads changes as a consumer would and notes how long after the probe's intended time each was there. */
final class ChangeReader extends Thread {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long MICRO = 1_000;

    private final Map<String, Object> settings;
    private final String topic;
    private final Probes probes;
    private final Histogram latencies = new Histogram(3);
    private final BitSet seen = new BitSet();
    private volatile int first = Integer.MAX_VALUE;
    private volatile int last = Integer.MAX_VALUE;
    private volatile boolean stopped;

    ChangeReader(Broker broker, String topic, Probes probes, boolean committedOnly) {
        super("changes");
        this.topic = topic;
        this.probes = probes;
        settings =
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        "isolation.level",
                        committedOnly ? "read_committed" : "read_uncommitted");
    }

    /** Probes from this one on are measured: those before warmed up. */
    void measureFrom(int probe) {
        first = probe;
    }

    /** Probes from this one on are not measured any more. */
    void measureTo(int probe) {
        last = probe;
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> change : consumer.poll(POLL)) {
                    note(change.key(), System.nanoTime());
                }
            }
        }
    }

    private void note(byte[] userId, long now) {
        int probe = Probes.numberOf(userId);
        if (probe < first || probe >= last) {
            return;
        }
        synchronized (latencies) {
            // A probe's later changes are the guards' and timers'.
            if (!seen.get(probe)) {
                seen.set(probe);
                latencies.recordValue(Math.max(0, (now - probes.intended(probe)) / MICRO));
            }
        }
    }

    /** Measured so far. */
    long count() {
        synchronized (latencies) {
            return latencies.getTotalCount();
        }
    }

    /** Ends reading; latencies in microseconds. */
    Histogram stopReading() throws InterruptedException {
        stopped = true;
        join();
        return latencies;
    }
}
