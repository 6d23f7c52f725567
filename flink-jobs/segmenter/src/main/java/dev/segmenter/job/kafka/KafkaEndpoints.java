// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.ClientDefaults;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The source and the sinks of a configuration. */
public final class KafkaEndpoints {
    private static final int REPLAY_FETCH = 64 * 1024;
    private static final int PACED_FETCH = 4 * 1024;

    private final SegmenterConfig config;
    private final OutputEncoders encoders;

    public KafkaEndpoints(SegmenterConfig config) {
        this.config = config;
        this.encoders = new OutputEncoders(config.outputFormat(), config.registry());
    }

    /** Live: from the group's offsets, else the earliest. Replay: from the earliest to the end found at start. */
    public Source<SourceRecord, ?, ?> events() {
        Properties properties = consumerProperties();
        EventDeserializer deserializer =
                new EventDeserializer(
                        config.eventFormat(), config.registry(), rules(), config.features());
        EventReaders<SourceRecord> readers = new EventReaders<>(deserializer, properties);
        KafkaSourceBuilder<SourceRecord> source =
                KafkaSource.<SourceRecord>builder()
                        .setProperties(properties)
                        .setTopics(config.topics().clickstream())
                        .setDeserializer(deserializer);
        return config.isReplay()
                ? new BoundedKafkaSource<>(
                        source.setStartingOffsets(OffsetsInitializer.earliest())
                                .setBounded(OffsetsInitializer.latest())
                                .build(),
                        readers)
                : new RestorableKafkaSource<>(
                        source.setStartingOffsets(
                                        OffsetsInitializer.committedOffsets(
                                                OffsetResetStrategy.EARLIEST))
                                .build(),
                        readers);
    }

    private Properties consumerProperties() {
        Properties properties = config.kafkaProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.applicationId());
        properties.put(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), config.applicationId());
        ClientDefaults.consumer(properties);
        if (config.isReplay()) {
            properties.putIfAbsent(
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    Integer.toString(replayFetch()));
        }
        return properties;
    }

    /** All there are, from the earliest to the end found at start, whatever the mode; for a batch, which commits no offset. */
    public Source<SourceRecord, ?, ?> eventsSoFar() {
        String group = config.applicationId() + "-calibrate";
        return KafkaSource.<SourceRecord>builder()
                .setProperties(config.kafkaProperties())
                .setTopics(config.topics().clickstream())
                .setGroupId(group)
                .setClientIdPrefix(group)
                .setDeserializer(
                        new EventDeserializer(
                                config.eventFormat(),
                                config.registry(),
                                rules(),
                                config.features()))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .build();
    }

    /**
     * Small fetches, so that the partitions of a full topic are read side by side: whole megabytes of one
     * after the other would leave the watermark standing and vectors waiting.
     */
    private int replayFetch() {
        return config.get(SegmenterOptions.REPLAY_SPEED_UP) > 0 ? PACED_FETCH : REPLAY_FETCH;
    }

    private EventRules rules() {
        return config.isReplay()
                ? EventRules.replay()
                : EventRules.live(
                        System::currentTimeMillis, config.get(SegmenterOptions.FUTURE_SKEW));
    }

    /** Changes and memberships. */
    public KafkaSink<SegmentOutput> segments() {
        return sink("segments", new SegmentOutputSchema(config.topics(), encoders));
    }

    public KafkaSink<CentroidSnapshot> snapshots() {
        return sink(
                "snapshots",
                new KeyedRecordSchema<>(
                        config.topics().snapshots(),
                        CentroidSnapshot.class,
                        snapshot -> snapshot.getModelName().getBytes(StandardCharsets.UTF_8),
                        encoders));
    }

    public KafkaSink<DeadLetter> deadLetters() {
        return sink(
                "dead-letters",
                new KeyedRecordSchema<>(
                        config.topics().deadLetters(),
                        DeadLetter.class,
                        letter -> bytes(letter.getKey()),
                        encoders));
    }

    private <T> KafkaSink<T> sink(String name, KafkaRecordSerializationSchema<T> schema) {
        Properties properties = config.kafkaProperties();
        if (config.isExactlyOnce()) {
            ClientDefaults.transactionalProducer(properties);
        }
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setProperty(
                        "transaction.timeout.ms",
                        Long.toString(config.get(SegmenterOptions.TRANSACTION_TIMEOUT).toMillis()))
                .setDeliveryGuarantee(
                        config.isExactlyOnce()
                                ? DeliveryGuarantee.EXACTLY_ONCE
                                : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(config.applicationId() + "-" + name)
                .setRecordSerializer(schema)
                .build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
