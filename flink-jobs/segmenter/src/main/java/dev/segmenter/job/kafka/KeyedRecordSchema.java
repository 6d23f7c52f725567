// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.schemas.codec.RecordEncoder;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One record class to one topic, keyed by a function of the record. */
public final class KeyedRecordSchema<T extends SpecificRecord>
        implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    /** The key bytes of a record, null for none. */
    public interface Key<T> extends Function<T, byte[]>, Serializable {}

    private final String topic;
    private final Class<T> type;
    private final Key<T> key;
    private final OutputEncoders encoders;
    private transient RecordEncoder<T> encoder;

    public KeyedRecordSchema(String topic, Class<T> type, Key<T> key, OutputEncoders encoders) {
        this.topic = topic;
        this.type = type;
        this.key = key;
        this.encoders = encoders;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        encoder = encoders.of(type, topic);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T record, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, key.apply(record), encoder.encode(record));
    }
}
