// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.schemas.CentroidSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts one version of a model that no job writes at the moment on the topic of snapshots, as that job would. */
public final class SnapshotPublisher {
    private static final String TRANSACTION_TIMEOUT_MILLIS = "60000";

    private final SegmenterConfig config;

    public SnapshotPublisher(SegmenterConfig config) {
        this.config = config;
    }

    /** Refuses while a live job writes the model. */
    public void requireFree() {
        new LeaseWatch(config).requireFree();
    }

    /**
     * Publishes what follows the latest version, and returns it. Holds the model's lease meanwhile; a job that takes it
     * ends this with nothing published.
     *
     * @param next from the latest version, if there is any, to the one to publish
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The commit throws what the send failed with.
    public CentroidSnapshot publish(Function<Optional<CentroidSnapshot>, CentroidSnapshot> next) {
        requireFree();
        String name = config.trainer().modelName();
        try (ModelLease.Holding lease = new KafkaModelLease(config).acquire(name);
                KafkaProducer<byte[], byte[]> producer = producer(name)) {
            producer.initTransactions();
            CentroidSnapshot snapshot = next.apply(new KafkaInitialModel(config).load(name));
            producer.beginTransaction();
            producer.send(record(snapshot));
            lease.confirm();
            producer.commitTransaction();
            return snapshot;
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String modelName) {
        Properties properties = config.kafkaProperties();
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                config.applicationId() + "-calibrate-" + modelName);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                Long.toString(config.get(SegmenterOptions.KAFKA_TIMEOUT).toMillis()));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private ProducerRecord<byte[], byte[]> record(CentroidSnapshot snapshot) {
        String topic = config.topics().snapshots();
        byte[] value =
                new OutputEncoders(config.outputFormat(), config.registry())
                        .of(CentroidSnapshot.class, topic)
                        .encode(snapshot);
        return new ProducerRecord<>(
                topic, snapshot.getModelName().getBytes(StandardCharsets.UTF_8), value);
    }
}
