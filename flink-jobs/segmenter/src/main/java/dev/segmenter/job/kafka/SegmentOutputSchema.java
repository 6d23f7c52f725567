// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.Topics;
import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.codec.RecordEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Changes and memberships, each to its topic, by one sink: one transaction a subtask. */
public final class SegmentOutputSchema implements KafkaRecordSerializationSchema<SegmentOutput> {
    private static final long serialVersionUID = 1L;

    private final Topics topics;
    private final OutputEncoders encoders;
    private transient RecordEncoder<SegmentChange> changes;
    private transient RecordEncoder<SegmentMembership> memberships;

    public SegmentOutputSchema(Topics topics, OutputEncoders encoders) {
        this.topics = topics;
        this.encoders = encoders;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        changes = encoders.of(SegmentChange.class, topics.changes());
        memberships = encoders.of(SegmentMembership.class, topics.memberships());
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            SegmentOutput output, KafkaSinkContext context, Long timestamp) {
        byte[] key = output.userId().getBytes(StandardCharsets.UTF_8);
        if (output.change() != null) {
            return new ProducerRecord<>(topics.changes(), key, changes.encode(output.change()));
        }
        byte[] membership =
                output.membership() == null ? null : memberships.encode(output.membership());
        return new ProducerRecord<>(topics.memberships(), key, membership);
    }
}
