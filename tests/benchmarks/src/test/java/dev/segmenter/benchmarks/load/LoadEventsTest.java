// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadEventsTest {
    private static final int COUNT = 20_000;

    private final SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);

    @Test
    void next_everyRecord_isAnEventOfItsKeyWithinAMinute() {
        LoadEvents events = events(42);
        for (int i = 0; i < COUNT; i++) {
            long time = LoadEvents.timeOf(i, 3_000_000);
            events.next(time);

            Event event = codec.decode(events.value());

            assertThat(event.getUserId()).isEqualTo(text(events.key()));
            assertThat(event.getEventTime().toEpochMilli()).isBetween(time - 60_100, time);
            boolean priced = Set.of("purchase", "cancel").contains(event.getEventType());
            assertThat(event.getPrice() != null).isEqualTo(priced);
            assertThat(event.getAttributes()).isEmpty();
        }
    }

    @Test
    void next_withACensus_beginsWithOneEventOfEachUser() {
        LoadEvents events = new LoadEvents(1, Skew.parse("zipf:1.04", 5_000), 5_000);
        Map<Integer, Integer> seen = new HashMap<>();
        while (seen.size() < 5_000) {
            events.next(0);
            seen.merge(events.user(), 1, Integer::sum);
        }
        assertThat(seen.values().stream().filter(count -> count > 1).count())
                .as("sent twice")
                .isLessThan(100);
        Set<Integer> later = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            events.next(0);
            later.add(events.user());
        }
        assertThat(later).as("the skew").hasSizeLessThan(700);
    }

    @Test
    void value_onAverage_hasAbout102Bytes() {
        LoadEvents events = events(42);
        double bytes = 0;
        for (int i = 0; i < COUNT; i++) {
            events.next(LoadEvents.timeOf(i, 3_000_000));
            bytes += events.value().length;
        }

        assertThat(bytes / COUNT).isCloseTo(102, within(8.0));
    }

    @Test
    void next_sameSeed_givesSameBytesAndAnotherSeedOthers() {
        assertThat(values(42)).isEqualTo(values(42)).isNotEqualTo(values(43));
    }

    @Test
    void next_repeats_areOneInTwoHundred() {
        List<String> ids = new ArrayList<>();
        LoadEvents events = events(42);
        for (int i = 0; i < COUNT; i++) {
            events.next(LoadEvents.timeOf(i, 3_000_000));
            ids.add(codec.decode(events.value()).getEventId());
        }

        double repeated = COUNT - new HashSet<>(ids).size();
        assertThat(repeated / COUNT).isCloseTo(0.005, within(0.002));
    }

    @Test
    void userId_manyUsers_areDistinct() {
        Set<String> ids =
                IntStream.range(0, 100_000)
                        .mapToObj(user -> text(LoadEvents.userId(user)))
                        .collect(Collectors.toSet());

        assertThat(ids).hasSize(100_000);
    }

    @Test
    void next_types_leanTowardsViews() {
        LoadEvents events = events(42);
        Map<String, Long> types =
                IntStream.range(0, COUNT)
                        .mapToObj(
                                i -> {
                                    events.next(LoadEvents.timeOf(i, 3_000_000));
                                    return codec.decode(events.value()).getEventType();
                                })
                        .collect(Collectors.groupingBy(type -> type, Collectors.counting()));

        assertThat(types).containsOnlyKeys("view", "cart", "favorite", "purchase", "cancel");
        assertThat(types.get("view")).isGreaterThan(COUNT / 3);
    }

    @Test
    void view_ofAProbe_isAnEventOfThatUserAndTime() {
        byte[] user = "probe-17".getBytes(StandardCharsets.UTF_8);

        Event event = codec.decode(events(42).view(user, 1_750_000_000_123L));

        assertThat(event.getUserId()).isEqualTo("probe-17");
        assertThat(event.getEventTime().toEpochMilli()).isEqualTo(1_750_000_000_123L);
    }

    private static List<String> values(long seed) {
        LoadEvents events = events(seed);
        return IntStream.range(0, 100)
                .mapToObj(
                        i -> {
                            events.next(LoadEvents.timeOf(i, 3_000_000));
                            return new String(events.value(), StandardCharsets.ISO_8859_1);
                        })
                .toList();
    }

    private static LoadEvents events(long seed) {
        return new LoadEvents(seed, Skew.parse("zipf:1.04", 5_000), 0);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
