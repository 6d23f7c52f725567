// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Events in, by user; a persistent store with changelog and cache; segments out. */
final class SegmentTopology {
    private SegmentTopology() {}

    /** The producers key events by user, so nothing is repartitioned. */
    static Topology of(String events, String segments, Plan plan, LongAdder records) {
        return new Topology()
                .addSource("events", Serdes.ByteArray().deserializer(), new Events(), events)
                .addProcessor("segment", () -> new SegmentUsers(plan, records), "events")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(SegmentUsers.STORE),
                                        Serdes.ByteArray(),
                                        Serdes.ByteArray())
                                .withCachingEnabled(),
                        "segment")
                .addSink(
                        "segments",
                        segments,
                        Serdes.ByteArray().serializer(),
                        Serdes.String().serializer(),
                        "segment");
    }

    /** Of one thread each. */
    private static final class Events implements Deserializer<Event> {
        private static final ThreadLocal<SingleObjectCodec<Event>> CODEC =
                ThreadLocal.withInitial(() -> SingleObjectCodec.of(Event.class));

        @Override
        public Event deserialize(String topic, byte[] bytes) {
            return CODEC.get().decode(bytes);
        }
    }
}
