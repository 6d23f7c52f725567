// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SourceRecordSerializer;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.RecordDecoder;
import dev.segmenter.schemas.codec.RegistrySettings;
import dev.segmenter.schemas.codec.UndecodableException;
import dev.segmenter.schemas.codec.WireFormat;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes and validates in the source, so that watermarks are event times and a poison record stops nothing. */
public final class EventDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final WireFormat format;
    private final RegistrySettings registry;
    private final EventRules rules;
    private transient RecordDecoder<Event> decoder;

    public EventDeserializer(WireFormat format, RegistrySettings registry, EventRules rules) {
        this.format = format;
        this.registry = registry;
        this.rules = rules;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = Codecs.decoder(format, Event.class, registry);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
        out.collect(record.value() == null ? erasureByKey(record) : decode(record));
    }

    private SourceRecord decode(ConsumerRecord<byte[], byte[]> record) {
        Event event;
        try {
            event = decoder.decode(record.value());
        } catch (UndecodableException e) {
            return refused(record, null, ErrorClass.UNDECODABLE, e.getMessage());
        }
        // An erasure may lack its time and id: only its user goes further.
        Event kept = EventRules.isErasure(event) ? null : event;
        String violation = rules.violation(event);
        return violation == null
                ? accepted(record, event.getUserId(), kept)
                : refused(record, kept, ErrorClass.INVALID, violation);
    }

    private static SourceRecord erasureByKey(ConsumerRecord<byte[], byte[]> record) {
        String userId =
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        String violation = EventRules.idViolation("key of a null value", userId);
        return violation == null
                ? accepted(record, userId, null)
                : refused(record, null, ErrorClass.INVALID, violation);
    }

    private static SourceRecord accepted(
            ConsumerRecord<byte[], byte[]> record, String userId, Event event) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                userId,
                event,
                null,
                null);
    }

    private static SourceRecord refused(
            ConsumerRecord<byte[], byte[]> record, Event event, ErrorClass error, String message) {
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                event == null ? null : event.getUserId(),
                event,
                error,
                message);
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return SerializerTypeInformation.of(SourceRecord.class, new SourceRecordSerializer());
    }
}
