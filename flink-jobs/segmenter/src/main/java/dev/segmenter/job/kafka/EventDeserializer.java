// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SourceRecordSerializer;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.Codecs;
import dev.segmenter.schemas.codec.EventCursor;
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

/**
 * Decodes and validates in the source, so that watermarks are event times and a poison record stops
 * nothing. Events of the schema version that {@link EventCursor} reads are taken where they lie; what it
 * or the rules do not take at once goes to the general codec, whose verdict and words count.
 */
public final class EventDeserializer implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final WireFormat format;
    private final RegistrySettings registry;
    private final EventRules rules;
    private final FeatureSet features;
    private transient RecordDecoder<Event> decoder;
    private transient EventReducer reducer;
    private transient EventCursor cursor;
    private transient SourceRecord reused;

    public EventDeserializer(
            WireFormat format, RegistrySettings registry, EventRules rules, FeatureSet features) {
        this.format = format;
        this.registry = registry;
        this.rules = rules;
        this.features = features;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = Codecs.decoder(format, Event.class, registry);
        reducer = new EventReducer(rules, features);
        cursor = new EventCursor();
        reused = new SourceRecord();
    }

    /** All records are one object: downstream works each off, or writes it, before it returns. */
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceRecord> out) {
        byte[] value = record.value();
        reused.at(record.topic(), record.partition(), record.offset(), record.key(), value);
        if (value == null) {
            eraseByKey(record.key());
        } else if (!takeInPlace(value)) {
            decode(value);
        }
        out.collect(reused);
    }

    private boolean takeInPlace(byte[] value) {
        int body = decoder.bodyAt(value, EventCursor.FINGERPRINT);
        return body >= 0 && cursor.read(value, body) && reducer.reduce(cursor, reused);
    }

    private void decode(byte[] value) {
        Event event;
        try {
            event = decoder.decode(value);
        } catch (UndecodableException e) {
            reused.refusal(ErrorClass.UNDECODABLE, e.getMessage());
            return;
        }
        // An erasure may lack its time and id: only its user goes further.
        boolean erasure = EventRules.isErasure(event);
        String violation = rules.violation(event);
        if (violation != null) {
            reused.refusal(ErrorClass.INVALID, violation);
            if (!erasure) {
                reused.about(event.getUserId(), event.getEventTime().toEpochMilli());
            }
        } else if (erasure) {
            reused.erasure(event.getUserId());
        } else {
            reducer.reduce(event, reused);
        }
    }

    private void eraseByKey(byte[] key) {
        String userId = key == null ? null : new String(key, StandardCharsets.UTF_8);
        String violation = EventRules.idViolation("key of a null value", userId);
        if (violation == null) {
            reused.erasure(userId);
        } else {
            reused.refusal(ErrorClass.INVALID, violation);
        }
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return SerializerTypeInformation.of(SourceRecord.class, new SourceRecordSerializer());
    }
}
