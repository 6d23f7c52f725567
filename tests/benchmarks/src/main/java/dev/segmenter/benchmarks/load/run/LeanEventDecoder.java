// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.job.state.SerializerTypeInformation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads generated events straight from their bytes, without checks of any kind: as fast as it goes. */
public final class LeanEventDecoder implements KafkaRecordDeserializationSchema<LeanEvent> {
    private static final long serialVersionUID = 1L;

    private static final VarHandle LITTLE_ENDIAN_DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER = 10;

    private transient LeanEvent event;
    private transient byte[] bytes;
    private transient int at;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LeanEvent> out) {
        out.collect(decode(record.value()));
    }

    /** The one event that this decoder reuses. */
    @SuppressWarnings(
            "deprecation") // Of a String's constructors the fastest: one byte a character.
    LeanEvent decode(byte[] value) {
        if (event == null) {
            event = new LeanEvent();
        }
        bytes = value;
        at = HEADER;
        event.eventId = hash();
        int length = (int) varint();
        event.userId = new String(bytes, 0, at, length);
        event.userBytes = bytes;
        event.userFrom = at;
        at += length;
        event.time = varint();
        event.type = (bytes[at + 1] << 8) | bytes[at + 2];
        skip();
        event.item = (int) option();
        event.category = (int) option();
        event.price = varint() == 1 ? (double) LITTLE_ENDIAN_DOUBLE.get(bytes, at) : 0;
        return event;
    }

    private long option() {
        return varint() == 1 ? hash() : 0;
    }

    private void skip() {
        int length = (int) varint();
        at += length;
    }

    private long hash() {
        int end = (int) varint() + at;
        long hash = 1;
        while (at < end) {
            hash = 31 * hash + bytes[at++];
        }
        return hash;
    }

    private long varint() {
        long raw = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[at++];
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
            shift += 7;
        }
    }

    @Override
    public TypeInformation<LeanEvent> getProducedType() {
        return SerializerTypeInformation.of(LeanEvent.class, new LeanEventSerializer());
    }
}
