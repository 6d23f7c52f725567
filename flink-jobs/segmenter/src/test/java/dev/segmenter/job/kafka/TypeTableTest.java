// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.EventCursor;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import dev.segmenter.schemas.codec.Utf8Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTableTest {
    private static final SingleObjectCodec<Event> CODEC = SingleObjectCodec.of(Event.class);

    @ParameterizedTest
    @ValueSource(ints = {3, 24, 25, 300})
    void types_fewOrMany_areFoundAtTheirPlaces(int count) {
        List<String> types = IntStream.range(0, count).mapToObj(i -> "tüpe-" + i).toList();
        TypeTable table = new TypeTable(types);

        for (int i = 0; i < count; i++) {
            assertThat(table.find(slice(types.get(i)))).isEqualTo(i);
        }
        assertThat(table.find(slice("tüpe"))).isEqualTo(TypeTable.UNKNOWN);
        assertThat(table.find(slice("tüpe-" + count))).isEqualTo(TypeTable.UNKNOWN);
        assertThat(table.find(slice(""))).isEqualTo(TypeTable.UNKNOWN);
    }

    /** A feature may name them; an event of them is an erasure, or invalid. */
    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void typesThatMakeNoEvent_areNotFound(int others) {
        List<String> types =
                IntStream.range(0, others + 2)
                        .mapToObj(i -> i == 0 ? "$erase" : i == 1 ? "t".repeat(257) : "t" + i)
                        .toList();
        TypeTable table = new TypeTable(types);

        assertThat(table.find(slice("$erase"))).isEqualTo(TypeTable.UNKNOWN);
        assertThat(table.find(slice("t".repeat(257)))).isEqualTo(TypeTable.UNKNOWN);
        assertThat(table.find(slice("t2"))).isEqualTo(2);
    }

    private static Utf8Slice slice(String type) {
        EventCursor cursor = new EventCursor();
        byte[] bytes =
                CODEC.encode(
                        new Event("e", "u", Instant.EPOCH, type, null, null, null, null, Map.of()));
        assertThat(cursor.read(bytes, CODEC.bodyAt(bytes, EventCursor.FINGERPRINT))).isTrue();
        return cursor.eventType();
    }
}
