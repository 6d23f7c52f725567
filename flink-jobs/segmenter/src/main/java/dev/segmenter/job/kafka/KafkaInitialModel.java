// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import dev.segmenter.schemas.codec.RegistrySettings;
import dev.segmenter.schemas.codec.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The latest committed snapshot of a model name, up to the end offsets found at start. */
public final class KafkaInitialModel implements InitialModel {
    private static final long serialVersionUID = 1L;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties properties;
    private final String topic;
    private final WireFormat format;
    private final RegistrySettings registry;

    public KafkaInitialModel(SegmenterConfig config) {
        properties = config.kafkaProperties();
        properties.put("isolation.level", "read_committed");
        topic = config.topics().snapshots();
        format = config.outputFormat();
        registry = config.registry();
    }

    @Override
    public Optional<CentroidSnapshot> load(String modelName) {
        RecordDecoder<CentroidSnapshot> decoder =
                Codecs.decoder(format, CentroidSnapshot.class, registry);
        CentroidSnapshot latest = null;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    latest = later(latest, record, decoder, modelName);
                }
            }
        }
        return Optional.ofNullable(latest);
    }

    private static CentroidSnapshot later(
            CentroidSnapshot latest,
            ConsumerRecord<byte[], byte[]> record,
            RecordDecoder<CentroidSnapshot> decoder,
            String modelName) {
        boolean ours =
                record.value() != null
                        && record.key() != null
                        && modelName.equals(new String(record.key(), StandardCharsets.UTF_8));
        if (!ours) {
            return latest;
        }
        CentroidSnapshot snapshot = decoder.decode(record.value());
        return latest == null || snapshot.getVersion() > latest.getVersion() ? snapshot : latest;
    }
}
