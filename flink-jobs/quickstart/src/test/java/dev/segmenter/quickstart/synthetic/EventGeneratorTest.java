// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.quickstart.synthetic.SyntheticRecord.Kind;
import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Disturbances MANY = new Disturbances(0.05, 0.10, 0.04, 0.03);

    @Test
    void next_equalOptions_givesEqualStreamsHoweverTheyAreRead() {
        GeneratorOptions options = new GeneratorOptions(50, 7, START, 0.3, MANY);
        EventGenerator oneByOne = new EventGenerator(options);
        List<SyntheticRecord> inChunks = new ArrayList<>();
        EventGenerator chunked = new EventGenerator(options);
        for (int day = 1; day <= 40; day++) {
            inChunks.addAll(chunked.nextUntil(START.plus(Duration.ofDays(day))));
        }

        assertThat(inChunks).hasSizeGreaterThan(1_000);
        for (SyntheticRecord record : inChunks) {
            SyntheticRecord other = oneByOne.next();
            assertThat(other.input().value()).isEqualTo(record.input().value());
            assertThat(other.arrival()).isEqualTo(record.arrival());
            assertThat(other.kind()).isEqualTo(record.kind());
        }
    }

    @Test
    void next_otherSeed_givesAnotherStream() {
        byte[] first = new EventGenerator(clean(10, 1)).next().input().value();
        byte[] second = new EventGenerator(clean(10, 2)).next().input().value();

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void next_arrivals_neverDecrease() {
        long before = 0;
        for (SyntheticRecord record : records(new GeneratorOptions(100, 3, START, 0.2, MANY), 30)) {
            assertThat(record.arrival()).isGreaterThanOrEqualTo(before);
            before = record.arrival();
        }
    }

    @Test
    void next_kinds_haveTheSharesAsked() {
        List<SyntheticRecord> records = records(new GeneratorOptions(600, 3, START, 0, MANY), 60);
        Map<Kind, Long> counts =
                records.stream()
                        .collect(
                                Collectors.groupingBy(
                                        SyntheticRecord::kind, Collectors.counting()));
        double normal = counts.get(Kind.NORMAL);
        double original = normal + counts.get(Kind.LATE);

        assertThat(records).hasSizeGreaterThan(50_000);
        assertThat(counts.get(Kind.LATE) / original).isCloseTo(0.05, within(0.005));
        assertThat(counts.get(Kind.DUPLICATE) / normal).isCloseTo(0.10, within(0.005));
        assertThat(counts.get(Kind.INVALID) / normal).isCloseTo(0.04, within(0.005));
        assertThat(counts.get(Kind.UNDECODABLE) / normal).isCloseTo(0.03, within(0.005));
    }

    @Test
    void next_everyKind_keepsItsDistanceFromTheClock() {
        long clock = 0;
        Set<String> sent = new HashSet<>();
        for (SyntheticRecord record : records(new GeneratorOptions(200, 5, START, 0, MANY), 40)) {
            clock = Math.max(clock, record.arrival());
            Event event = record.input().event();
            switch (record.kind()) {
                case NORMAL -> {
                    assertThat(age(event, clock)).isBetween(0L, minutes(2));
                    assertThat(sent.add(event.getUserId() + event.getEventId())).isTrue();
                }
                case DUPLICATE -> {
                    assertThat(age(event, clock)).isBetween(0L, minutes(4));
                    assertThat(sent).contains(event.getUserId() + event.getEventId());
                }
                case LATE -> assertThat(age(event, clock)).isBetween(minutes(1500), minutes(4320));
                case INVALID -> assertThat(event).isNotNull();
                case UNDECODABLE -> assertThat(event).isNull();
            }
        }
    }

    @Test
    void next_carts_comeBeforePurchasesAndPurchasesBeforeCancels() {
        List<SyntheticRecord> records = records(clean(120, 9), 30);

        assertThat(records)
                .extracting(r -> r.input().event().getEventType())
                .contains("view", "favorite", "cart", "purchase", "cancel");
        assertFunnel(records);
    }

    @Test
    void next_dayRhythm_eveningsAreBusierThanNights() {
        int[] byHour = new int[24];
        for (SyntheticRecord record : records(clean(300, 4), 30)) {
            byHour[record.input().event().getEventTime().atZone(ZoneOffset.UTC).getHour()]++;
        }

        assertThat(byHour[20]).isGreaterThan(5 * byHour[3]);
        assertThat(Arrays.stream(byHour).min().orElseThrow()).isPositive();
    }

    @Test
    void next_activity_isUnequalAsZipfsLawHasIt() {
        Map<String, Long> views =
                records(clean(600, 11), 120).stream()
                        .map(r -> r.input().event())
                        .filter(e -> e.getEventType().equals("view"))
                        .collect(Collectors.groupingBy(Event::getUserId, Collectors.counting()));
        long[] sorted = views.values().stream().mapToLong(Long::longValue).sorted().toArray();
        long all = Arrays.stream(sorted).sum();
        long topTenth =
                Arrays.stream(sorted, sorted.length - sorted.length / 10, sorted.length).sum();

        assertThat((double) topTenth / all).isBetween(0.3, 0.8);
    }

    @Test
    void personaOf_withoutDrift_staysAndIsSpreadEvenly() {
        EventGenerator generator = new EventGenerator(clean(60, 1));
        Map<String, Persona> before = personas(generator, 60);
        generator.nextUntil(START.plus(Duration.ofDays(100)));

        assertThat(personas(generator, 60)).isEqualTo(before);
        for (Persona persona : Persona.values()) {
            assertThat(before.values()).filteredOn(persona::equals).hasSize(10);
        }
        assertThat(generator.personaOf("nobody")).isNull();
    }

    @Test
    void personaOf_withDrift_changesForAboutTheShareAsked() {
        EventGenerator generator =
                new EventGenerator(new GeneratorOptions(3_000, 1, START, 0.2, Disturbances.NONE));
        Map<String, Persona> before = personas(generator, 3_000);
        generator.nextUntil(START.plus(Duration.ofDays(60)));
        Map<String, Persona> after = personas(generator, 3_000);
        // Those who come often, since a change is seen at the next session only.
        List<String> frequent =
                before.keySet().stream()
                        .filter(u -> before.get(u).habits().sessionsPerDay() >= 0.3)
                        .filter(u -> before.get(u).rhythm() == Persona.Rhythm.STEADY)
                        .toList();
        double moved =
                frequent.stream().filter(u -> before.get(u) != after.get(u)).count()
                        / (double) frequent.size();

        // 1 - 0.8^2, less those who changed in the last days and have not been back.
        assertThat(moved).isBetween(0.26, 0.38);
    }

    @Test
    void options_outOfRange_refusedWithKeyAndValue() {
        assertThatThrownBy(() -> clean(0, 1)).hasMessageContaining("users: '0'");
        assertThatThrownBy(() -> new GeneratorOptions(1, 1, START, 2, Disturbances.NONE))
                .hasMessageContaining("drift: '2.0'");
        assertThatThrownBy(() -> new Disturbances(0, Double.NaN, 0, 0))
                .hasMessageContaining("duplicates: 'NaN'");
    }

    private static void assertFunnel(List<SyntheticRecord> records) {
        Map<String, Instant> carts = new HashMap<>();
        Map<String, Instant> purchases = new HashMap<>();
        records.stream()
                .map(r -> r.input().event())
                .sorted(Comparator.comparing(Event::getEventTime))
                .forEach(
                        event -> {
                            String thing =
                                    event.getSessionId() + event.getItemId() + event.getPrice();
                            switch (event.getEventType()) {
                                case "cart" -> carts.put(thing, event.getEventTime());
                                case "purchase" -> {
                                    assertThat(carts).containsKey(thing);
                                    purchases.put(thing, event.getEventTime());
                                }
                                case "cancel" -> assertThat(purchases).containsKey(thing);
                                default -> assertThat(event.getItemId()).isNotNull();
                            }
                        });
    }

    private static GeneratorOptions clean(int users, long seed) {
        return GeneratorOptions.clean(users, seed, START);
    }

    private static List<SyntheticRecord> records(GeneratorOptions options, int days) {
        return new EventGenerator(options).nextUntil(START.plus(Duration.ofDays(days)));
    }

    private static Map<String, Persona> personas(EventGenerator generator, int users) {
        Map<String, Persona> personas = new HashMap<>();
        for (int i = 1; i <= users; i++) {
            String user = String.format("user-%06d", i);
            personas.put(user, generator.personaOf(user));
        }
        return personas;
    }

    private static long age(Event event, long clock) {
        return clock - event.getEventTime().toEpochMilli();
    }

    private static long minutes(long minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }
}
