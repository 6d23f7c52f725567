// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UserStateCodecTest {
    private static final String USER = "grace";
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long START = 19_700 * DAY;
    private static final RollOptions OPTIONS = RollOptions.defaults();
    private static final FeatureSpec VIEWS =
            Features.count("views_30d", Duration.ofDays(30), "view");
    private static final FeatureSpec SPEND =
            Features.sum("spend_90d", Duration.ofDays(90), "purchase");
    private static final FeatureSpec ITEMS =
            Features.distinct("items_90d", EventField.ITEM, Duration.ofDays(90), "view");

    private final Random random = new Random(11);
    private long nextId;

    /** Two visits a month with ten events each, every third of them with a purchase. */
    @Test
    void write_medianShopUser_atMost400Bytes() throws IOException {
        FeatureSet shop = DefaultFeatures.shop();
        List<ClickEvent> events = new ArrayList<>();
        for (int visit = 0; visit < 6; visit++) {
            for (int i = 0; i < 10; i++) {
                long time = START + visit * (15 * DAY) + i * MINUTE;
                String type = i == 9 && visit % 3 == 0 ? "purchase" : i % 5 == 4 ? "cart" : "view";
                events.add(event(shop, time, type, random.nextInt(40)));
            }
        }
        FeatureRoller roller = new FeatureRoller(shop, OPTIONS);
        UserState justActive = roll(roller, events);
        assertThat(bytes(shop, justActive).length).isLessThanOrEqualTo(400);

        roller.onTimer(justActive, USER, START + 77 * DAY, new HeldIds(), new Journal());
        assertThat(bytes(shop, justActive).length).isLessThanOrEqualTo(300);
    }

    /** What windows and capacities allow, whatever the user does: panes, distinct items, recent ids. */
    @Test
    void write_busyUser_boundedByWindows() throws IOException {
        FeatureSet shop = DefaultFeatures.shop();
        FeatureRoller roller = new FeatureRoller(shop, OPTIONS);
        HeldIds ids = new HeldIds();
        UserState state = null;
        int dayPanes = 3 * 91 + 30 + 30 + 90;
        int hourPanes = 2 * 24 + 1;
        int bound = 64 + 64 * 12 + 256 * 6 + 90 * 10 + 3 * (dayPanes + hourPanes);
        int largest = 0;
        for (long time = START; time < START + 200 * DAY; time += 7 * MINUTE) {
            String type = shop.eventTypes().get(random.nextInt(shop.eventTypes().size()));
            ClickEvent event = event(shop, time, type, random.nextInt(100_000));
            state = state == null ? roller.begin(event) : state;
            roller.onEvent(state, event, ids, new Journal());
            if (random.nextInt(100) == 0) {
                largest = Math.max(largest, bytes(shop, state).length);
            }
        }

        assertThat(largest).isBetween(256 * 5, bound);
    }

    /** Whoever it was before leaves nothing behind. */
    @Test
    void read_intoAnotherUsersState_goesOnAsOneReadAnew() throws IOException {
        FeatureSet shop = DefaultFeatures.shop();
        FeatureRoller roller = new FeatureRoller(shop, OPTIONS);
        UserStateCodec codec = new UserStateCodec(shop);
        UserState spare = roll(roller, life(shop, 300));
        for (int round = 0; round < 200; round++) {
            byte[] stored = bytes(shop, roll(roller, life(shop, 1 + random.nextInt(120))));
            UserState anew = read(codec, stored);
            UserState reused =
                    codec.read(new DataInputStream(new ByteArrayInputStream(stored)), spare);
            assertThat(reused).isSameAs(spare);
            assertThat(bytes(shop, reused)).isEqualTo(stored);

            Journal expected = new Journal();
            Journal journal = new Journal();
            for (ClickEvent event : life(shop, 40)) {
                roller.onEvent(anew, event, new HeldIds(), expected);
                roller.onEvent(reused, event, new HeldIds(), journal);
            }
            assertThat(journal.updates)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(expected.updates);
            assertThat(journal.votes)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(expected.votes);
            assertThat(bytes(shop, reused)).isEqualTo(bytes(shop, anew));
        }
    }

    private List<ClickEvent> life(FeatureSet shop, int count) {
        List<ClickEvent> events = new ArrayList<>();
        long time = START + random.nextInt(100) * DAY;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(3) == 0 ? random.nextInt(5) * DAY : random.nextInt(20) * MINUTE;
            String type = shop.eventTypes().get(random.nextInt(shop.eventTypes().size()));
            events.add(event(shop, time, type, random.nextInt(400)));
        }
        return events;
    }

    @Test
    void read_olderLayout_keepsSharedAggregatesAndStartsNewOnesEmpty() throws IOException {
        FeatureSet old = FeatureSet.of(List.of(VIEWS, SPEND, Features.recency("recency", true)));
        FeatureSet current =
                FeatureSet.of(
                        List.of(
                                ITEMS,
                                SPEND,
                                Features.count("views_7d", Duration.ofDays(7), "view")));
        UserState state =
                roll(
                        new FeatureRoller(old, OPTIONS),
                        List.of(
                                event(old, START, "view", 3),
                                event(old, START + DAY, "purchase", 3),
                                event(old, START + 2 * DAY, "view", 4)));
        UserStateCodec writer = new UserStateCodec(old);
        UserState read = read(UserStateCodec.ofLayout(writer.layout()), bytes(old, state));

        byte[] migrated = bytes(current, read);
        UserState moved = read(new UserStateCodec(current), migrated);
        Journal journal = new Journal();
        new FeatureRoller(current, OPTIONS)
                .onEvent(moved, event(current, START + 3 * DAY, "view", 5), new HeldIds(), journal);

        double[] values = journal.updates.get(journal.updates.size() - 1).values();
        assertThat(values).containsExactly(1, 9.5, 3);
    }

    @Test
    void read_storedBeforeTheFirstEvent_stillAnnouncesTheLife() throws IOException {
        FeatureSet set = FeatureSet.of(List.of(VIEWS));
        FeatureRoller roller = new FeatureRoller(set, OPTIONS);
        ClickEvent first = event(set, START, "unnamed", 1);
        UserState read = read(new UserStateCodec(set), bytes(set, roller.begin(first)));
        Journal journal = new Journal();
        roller.onEvent(read, first, new HeldIds(), journal);

        assertThat(journal.updates).hasSize(1);
    }

    @Test
    void roll_stateOfAnotherLayout_isAdaptedInPlace() {
        FeatureSet old = FeatureSet.of(List.of(VIEWS, SPEND));
        FeatureSet current = FeatureSet.of(List.of(SPEND, VIEWS));
        UserState state =
                roll(
                        new FeatureRoller(old, OPTIONS),
                        List.of(
                                event(old, START, "view", 3),
                                event(old, START + 1, "purchase", 3)));
        Journal journal = new Journal();
        new FeatureRoller(current, OPTIONS)
                .onEvent(state, event(current, START + 2, "view", 5), new HeldIds(), journal);

        assertThat(journal.updates.get(0).values()).containsExactly(9.5, 2);
    }

    @Test
    void layout_sameAggregates_equalWhateverNamesAndWindows() {
        FeatureSpec week = Features.count("v", Duration.ofDays(7), "view");

        assertThat(new UserStateCodec(FeatureSet.of(List.of(VIEWS, week))).layout())
                .isEqualTo(new UserStateCodec(FeatureSet.of(List.of(week))).layout())
                .hasSize(2);
    }

    @Test
    void layout_typesThatOnlyJoinAlike_differ() {
        FeatureSpec two = Features.count("v", Duration.ofDays(7), "a", "b");
        FeatureSpec one = Features.count("v", Duration.ofDays(7), "a1:b");

        assertThat(new UserStateCodec(FeatureSet.of(List.of(two))).layout())
                .isNotEqualTo(new UserStateCodec(FeatureSet.of(List.of(one))).layout());
    }

    @Test
    void ofLayout_unknownFormat_refused() {
        assertThatThrownBy(() -> UserStateCodec.ofLayout(List.of("user-state-9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user-state-9")
                .hasMessageContaining("user-state-1");
        assertThatThrownBy(() -> UserStateCodec.ofLayout(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_truncatedOrOverlong_refused() throws IOException {
        FeatureSet set = FeatureSet.of(List.of(VIEWS));
        UserState state =
                roll(new FeatureRoller(set, OPTIONS), List.of(event(set, START, "view", 1)));
        byte[] whole = bytes(set, state);
        UserStateCodec codec = new UserStateCodec(set);
        byte[] endless = new byte[64];
        Arrays.fill(endless, (byte) 0xFF);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(codec, cut)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(codec, endless))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("corrupt");
    }

    private ClickEvent event(FeatureSet set, long time, String type, int item) {
        double price = type.equals("purchase") ? 9.5 : 0;
        return new ClickEvent(
                USER,
                false,
                time,
                Hashes.of(nextId++, 5),
                time,
                set.typeIndex(type),
                Hashes.toInt(Hashes.of(item, 1)),
                0,
                price);
    }

    private static UserState roll(FeatureRoller roller, List<ClickEvent> events) {
        UserState state = roller.begin(events.get(0));
        events.forEach(event -> roller.onEvent(state, event, new HeldIds(), new Journal()));
        return state;
    }

    private static byte[] bytes(FeatureSet set, UserState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new UserStateCodec(set).write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static UserState read(UserStateCodec codec, byte[] bytes) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
