// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import dev.segmenter.model.Hashes;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Avro's generated classes, then the POJO. */
final class ShopEventDecoder implements KafkaRecordDeserializationSchema<ShopEvent> {
    private static final long serialVersionUID = 1L;

    private transient SingleObjectCodec<Event> codec;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = SingleObjectCodec.of(Event.class);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ShopEvent> out) {
        out.collect(toPojo(codec.decode(record.value())));
    }

    static ShopEvent toPojo(Event event) {
        ShopEvent pojo = new ShopEvent();
        pojo.userId = event.getUserId();
        pojo.type = event.getEventType();
        pojo.item = event.getItemId() == null ? 0 : Hashes.toInt(Hashes.of(event.getItemId()));
        pojo.price = event.getPrice() == null ? 0 : event.getPrice();
        pojo.time = event.getEventTime().toEpochMilli();
        return pojo;
    }

    @Override
    public TypeInformation<ShopEvent> getProducedType() {
        return TypeInformation.of(ShopEvent.class);
    }
}
