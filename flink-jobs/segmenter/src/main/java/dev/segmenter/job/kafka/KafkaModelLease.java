// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.ModelLease;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A lease by Kafka's fencing of producers: the transactional id is fixed for the namespace and the model, so
 * that initialising a producer with it fences whoever held it. To confirm, the holder commits a meaningless
 * offset of a group of its own; a fenced holder cannot. A killed job leaves nothing behind to wait for.
 */
public final class KafkaModelLease implements ModelLease {
    private static final long serialVersionUID = 1L;
    private static final String TRANSACTION_TIMEOUT_MILLIS = "60000";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Properties properties;
    private final String application;
    private final String topic;

    public KafkaModelLease(SegmenterConfig config) {
        properties = config.kafkaProperties();
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.toString(config.get(SegmenterOptions.KAFKA_TIMEOUT).toMillis()));
        application = config.applicationId();
        topic = config.topics().snapshots();
    }

    @Override
    public Holding acquire(String modelName) {
        String id = id(application, modelName);
        Properties own = new Properties();
        own.putAll(properties);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(PATIENCE);
            throw e;
        }
        return new Producing(producer, id, new TopicPartition(topic, 0));
    }

    /** The transactional id, and the group of the confirmations. */
    static String id(SegmenterConfig config, String modelName) {
        return id(config.applicationId(), modelName);
    }

    private static String id(String application, String modelName) {
        return application + "-model-" + modelName;
    }

    private record Producing(
            KafkaProducer<byte[], byte[]> producer, String id, TopicPartition partition)
            implements Holding {

        @Override
        public void confirm() {
            try {
                producer.beginTransaction();
                producer.sendOffsetsToTransaction(
                        Map.of(partition, new OffsetAndMetadata(0, signOfLife())), group(id));
                producer.commitTransaction();
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                throw new LostException(
                        "another job has taken over the model ("
                                + id
                                + "); two live jobs must not write one model: stop one of them, or"
                                + " give it a namespace of its own",
                        e);
            }
        }

        /** Another one each time, so that onlookers see that the lease is held. */
        private static String signOfLife() {
            return UUID.randomUUID().toString();
        }

        /** Deprecated without a successor for a group that has no consumer. */
        @SuppressWarnings("removal")
        private static ConsumerGroupMetadata group(String id) {
            return new ConsumerGroupMetadata(id);
        }

        @Override
        public void close() {
            producer.close(PATIENCE);
        }
    }
}
