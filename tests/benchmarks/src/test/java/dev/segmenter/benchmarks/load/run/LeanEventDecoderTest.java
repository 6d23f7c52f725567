// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.benchmarks.load.LoadEvents;
import dev.segmenter.benchmarks.load.LoadOptions;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LeanEventDecoderTest {
    @Test
    void decode_generatedEvents_agreesWithAvro() throws IOException {
        LoadEvents events = new LoadEvents(LoadOptions.from(new Properties()).with("users", 1_000));
        SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);
        LeanEventDecoder decoder = new LeanEventDecoder();
        LeanEventSerializer serializer = new LeanEventSerializer();
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (int i = 0; i < 5_000; i++) {
            events.next(LoadEvents.timeOf(i, 3_000_000));
            Event expected = codec.decode(events.value());

            LeanEvent lean = decoder.decode(events.value());
            out.clear();
            serializer.serialize(lean, out);
            LeanEvent received =
                    serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

            for (LeanEvent event : new LeanEvent[] {lean, received}) {
                assertThat(event.userId).isEqualTo(expected.getUserId());
                assertThat(event.time).isEqualTo(expected.getEventTime().toEpochMilli());
                double price = expected.getPrice() == null ? 0 : expected.getPrice();
                assertThat(event.price).isEqualTo(price);
            }
            assertThat(received.eventId).isEqualTo(hash(expected.getEventId()));
        }
    }

    /** String's hash, begun at 1 and in 64 bits. */
    private static long hash(String text) {
        return text.chars().asLongStream().reduce(1, (hash, next) -> 31 * hash + next);
    }
}
