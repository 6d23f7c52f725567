// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.benchmarks.load.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka's consumer and nothing else, a thread for each subtask; begins again at the end of the topic. */
final class PlainConsumer {
    private static final Duration POLL = Duration.ofMillis(100);

    private final RunSettings settings;
    private final Conversation conversation;
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile boolean stopped;

    PlainConsumer(RunSettings settings, Conversation conversation) {
        this.settings = settings;
        this.conversation = conversation;
    }

    void run() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.parallelism(); i++) {
            int share = i;
            Thread thread = new Thread(() -> consume(share), "consumer-" + i);
            threads.add(thread);
            thread.start();
        }
        conversation.pass();
        String request = null;
        while (!conversation.isStop(request)) {
            request = conversation.sampleUntil(records::sum, Long.MAX_VALUE);
        }
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        conversation.value("bytes", bytes.sum());
    }

    private void consume(int share) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                settings.bootstrapServers(),
                                // Else the fetch behind the end delays the next pass by half a
                                // second.
                                "fetch.max.wait.ms",
                                "5"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> own =
                    consumer.partitionsFor(settings.topic()).stream()
                            .map(PartitionInfo::partition)
                            .filter(partition -> partition % settings.parallelism() == share)
                            .map(partition -> new TopicPartition(settings.topic(), partition))
                            .toList();
            consumer.assign(own);
            Map<TopicPartition, Long> ends = consumer.endOffsets(own);
            consumer.seekToBeginning(own);
            while (!stopped) {
                int count = 0;
                long length = 0;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    count++;
                    length += record.value().length;
                }
                records.add(count);
                bytes.add(length);
                if (own.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                    consumer.seekToBeginning(own);
                }
            }
        }
    }
}
