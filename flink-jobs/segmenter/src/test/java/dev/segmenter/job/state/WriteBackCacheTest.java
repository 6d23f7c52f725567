// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.model.Prefetchable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache against a plain map, over a store that counts what reaches it. */
class WriteBackCacheTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final CacheWeight WEIGHT = new CacheWeight(100, 1);
    private static final int USER_BYTES =
            WEIGHT.of(IdBytes.of("u000", 0).length, new Timed<>(0L, 0));
    private static final int PACKED_BYTES = WEIGHT.of(IdBytes.of("u000", 32).length, null);
    private static final int LARGE = 1 << 30;

    private final Store store = new Store();
    private long now;

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "300, 0",
        "300, 200",
        "1000, 500",
        "5000, 0",
        "5000, 1000",
        "5000, 5000",
        "1073741824, 0",
        "1073741824, 3000",
        "1073741824, 1073741824"
    })
    void randomAccesses_timers_savepoints_andFailures_asAMapHasThem(long capacity, long carried)
            throws Exception {
        WriteBackCache<Cell> cache = cache(capacity, carried);
        Map<String, Expected> expected = new TreeMap<>();
        Random random = new Random(capacity + carried);
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(5);
            String user = "u" + random.nextInt(30);
            Timed<Cell> value = cache.get(user);
            assertThat(value == null ? null : Expected.of(value)).isEqualTo(expected.get(user));
            change(cache, expected, user, value, random, step);
            assertThat(cache.bytes() <= capacity || cache.size() == 1).isTrue();
            if (random.nextInt(50) == 0) {
                assertThat(fired(cache, random)).isEqualTo(due(expected));
            }
            if (random.nextInt(300) == 0) {
                cache = restarted(cache, capacity, carried, random);
            }
            if (random.nextInt(500) == 0) {
                cache.flush();
                assertThat(store.contents()).isEqualTo(expected);
                assertThat(store.timers).isEqualTo(timers(expected));
                assertThat(cache.unwritten()).isZero();
            }
        }
    }

    /** In place, as the operators do it: timers only ever come nearer, until they are due. */
    private void change(
            WriteBackCache<Cell> cache,
            Map<String, Expected> expected,
            String user,
            Timed<Cell> value,
            Random random,
            long number)
            throws Exception {
        int kind = random.nextInt(10);
        if (kind == 0) {
            cache.remove(user);
            expected.remove(user);
        } else if (kind < 6) {
            Timed<Cell> changed = value == null ? new Timed<>(new Cell(0), Timed.NONE) : value;
            changed.value().number = number;
            if (kind < 4) {
                changed.setTimer(Math.min(changed.timer(), now + 1 + random.nextInt(1_000)));
            }
            cache.put(user, changed);
            expected.put(user, Expected.of(changed));
        }
    }

    /** All due users, each once: the store's first, as the operators do it. */
    private Map<String, Long> fired(WriteBackCache<Cell> cache, Random random) throws Exception {
        Map<String, Long> fired = new TreeMap<>();
        UserValues.Moment moment =
                (user, time) -> {
                    Timed<Cell> value = cache.getDue(user, time);
                    store.taken.remove(user);
                    if (value != null) {
                        assertThat(fired.put(user, time)).isNull();
                        cache.put(user, value);
                    }
                };
        boolean any = true;
        while (any) {
            Map<String, Long> timers = Map.copyOf(store.takeTimersUpTo(now));
            List<String> ofStore = new ArrayList<>(new TreeMap<>(timers).keySet());
            Collections.shuffle(ofStore, random);
            for (String user : ofStore) {
                moment.at(user, timers.get(user));
            }
            any = cache.fireUpTo(now, moment) || !ofStore.isEmpty();
        }
        return fired;
    }

    private Map<String, Long> due(Map<String, Expected> expected) {
        Map<String, Long> due = new TreeMap<>();
        expected.replaceAll(
                (user, value) -> {
                    if (value.timer > now) {
                        return value;
                    }
                    due.put(user, value.timer);
                    return new Expected(value.number, Timed.NONE);
                });
        return due;
    }

    private static Map<String, Long> timers(Map<String, Expected> expected) {
        Map<String, Long> timers = new TreeMap<>();
        expected.forEach(
                (user, value) -> {
                    if (value.timer != Timed.NONE) {
                        timers.put(user, value.timer);
                    }
                });
        return timers;
    }

    /** A checkpoint, and work meanwhile that is lost; its store and what it carried. */
    private WriteBackCache<Cell> restarted(
            WriteBackCache<Cell> cache, long capacity, long carried, Random random)
            throws Exception {
        Store snapshot = store.copy();
        CarriedBytes bytes = new CarriedBytes(new CarriedBytes.Buffers());
        boolean any = cache.carryInto(bytes, new NothingBeside());
        Map<String, Expected> lost = new TreeMap<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            String user = "u" + random.nextInt(40);
            change(cache, lost, user, cache.get(user), random, -1);
        }
        now += random.nextInt(500);
        fired(cache, random);
        cache.carryRest();
        store.values = snapshot.values;
        store.timers = snapshot.timers;
        WriteBackCache<Cell> restored = cache(capacity, carried);
        restored.restore(
                any ? CarriedParts.of(Store.KEY_GROUPS, bytes) : List.of(), new NothingBeside());
        return restored;
    }

    private static List<KeyGroupStatePartitionStreamProvider> carriedBy(WriteBackCache<Cell> cache)
            throws Exception {
        CarriedBytes bytes = new CarriedBytes(new CarriedBytes.Buffers());
        if (!cache.carryInto(bytes, new NothingBeside())) {
            return List.of();
        }
        cache.carryRest();
        return CarriedParts.of(Store.KEY_GROUPS, bytes);
    }

    /** With room for all decoded, for most packed, and for few. */
    @ParameterizedTest
    @ValueSource(longs = {LARGE, 15_000 * 150, 100_000})
    void whoeverChangesWhileACheckpointIsUnderWay_isInItAsBefore(long capacity) throws Exception {
        WriteBackCache<Cell> cache = cache(capacity);
        Random random = new Random(capacity);
        Map<String, Expected> expected = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            String user = "u" + random.nextInt(15_000);
            change(cache, expected, user, cache.get(user), random, i);
        }
        for (int checkpoint = 0; checkpoint < 5; checkpoint++) {
            Store snapshot = store.copy();
            Map<String, Expected> atBarrier = new TreeMap<>(expected);
            CarriedBytes bytes = new CarriedBytes(new CarriedBytes.Buffers());
            assertThat(cache.carryInto(bytes, new NothingBeside())).isTrue();
            int times = 0;
            do {
                for (int i = 0; i < 1_000; i++) {
                    String user = "u" + random.nextInt(20_000);
                    change(cache, expected, user, cache.get(user), random, i);
                }
                times++;
            } while (cache.carrySome());
            assertThat(cache.carrySome()).isFalse();
            assertThat(capacity < LARGE || times > 2).isTrue();

            restore(CarriedParts.of(Store.KEY_GROUPS, bytes), snapshot);
            assertThat(snapshot.contents()).isEqualTo(atBarrier);
            assertThat(snapshot.timers).isEqualTo(timers(atBarrier));
        }
        cache.flush();
        assertThat(store.contents()).isEqualTo(expected);
    }

    @Test
    void checkpointGivenUp_isForgotten_andTheNextIsWhole() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        for (int i = 0; i < 10_000; i++) {
            set(cache, "u" + i, i);
        }
        CarriedBytes givenUpAtOnce = new CarriedBytes(new CarriedBytes.Buffers());
        cache.carryInto(givenUpAtOnce, new NothingBeside());
        givenUpAtOnce.abandon();
        assertThat(cache.carrySome()).isFalse();
        CarriedBytes givenUp = new CarriedBytes(new CarriedBytes.Buffers());
        cache.carryInto(givenUp, new NothingBeside());
        cache.carrySome();
        givenUp.abandon();
        assertThat(cache.carrySome()).isFalse();
        set(cache, "u7", -7);

        Store snapshot = store.copy();
        CarriedBytes overtaken = new CarriedBytes(new CarriedBytes.Buffers());
        cache.carryInto(overtaken, new NothingBeside());
        cache.carrySome();
        set(cache, "u8", -8);
        Store nextSnapshot = store.copy();
        restore(carriedBy(cache), nextSnapshot);
        restore(CarriedParts.of(Store.KEY_GROUPS, overtaken), snapshot);

        assertThat(snapshot.contents())
                .hasSize(10_000)
                .containsEntry("u7", new Expected(-7, Timed.NONE))
                .containsEntry("u8", new Expected(8, Timed.NONE));
        assertThat(nextSnapshot.contents())
                .hasSize(10_000)
                .containsEntry("u8", new Expected(-8, Timed.NONE));
    }

    @Test
    void fileThatIsSlow_holdsCopiesBack() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        for (int i = 0; i < 500_000; i++) {
            set(cache, "user-of-a-rather-long-name-" + i, i);
        }
        Store snapshot = store.copy();
        CarriedBytes bytes = new CarriedBytes(new CarriedBytes.Buffers());
        cache.carryInto(bytes, new NothingBeside());
        int times = 0;
        while (!bytes.isFull()) {
            assertThat(cache.carrySome()).isTrue();
            times++;
        }
        assertThat(times).isBetween(5, 100);
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.carrySome()).as("more to copy").isTrue();
        }
        cache.carryRest();

        restore(CarriedParts.of(Store.KEY_GROUPS, bytes), snapshot);
        assertThat(snapshot.contents()).hasSize(500_000);
    }

    /** Brings what was carried into the store that belongs to it. */
    private void restore(List<KeyGroupStatePartitionStreamProvider> parts, Store snapshot)
            throws Exception {
        WriteBackCache<Cell> cache = cache(snapshot, LARGE);
        cache.restore(parts, new NothingBeside());
        cache.flush();
    }

    @Test
    void userSeenLately_costsNeitherReadNorWrite() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        for (int i = 0; i < 1_000; i++) {
            set(cache, "u" + i % 10, i);
        }

        assertThat(store.reads).isEqualTo(10);
        assertThat(store.writes).isZero();
        cache.flush();
        assertThat(store.writes).isEqualTo(10);
    }

    @Test
    void userKnownToHaveNothing_isNotReadAgain() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        for (String user : new String[] {"ada", "bob", "ada", "bob"}) {
            assertThat(cache.get(user)).isNull();
        }
        set(cache, "ada", 1);
        cache.remove("ada");
        cache.flush();
        cache.get("bob");

        assertThat(cache.get("ada")).isNull();
        assertThat(store.reads).isEqualTo(2);
        assertThat(store.contents()).isEmpty();
    }

    @Test
    void noRoom_dropsWhoWasNotUsedAgain_afterWritingIt() throws Exception {
        WriteBackCache<Cell> cache = cache(2 * USER_BYTES + PACKED_BYTES);
        set(cache, "u001", 1);
        set(cache, "u002", 2);
        set(cache, "u003", 3);
        cache.get("u001");
        set(cache, "u004", 4);
        set(cache, "u005", 5);

        assertThat(store.contents()).containsOnlyKeys("u002", "u003");
        int reads = store.reads;
        cache.get("u001");
        assertThat(store.reads).isEqualTo(reads);
        cache.get("u002");
        assertThat(store.reads).isEqualTo(reads + 1);
    }

    @Test
    void roomForAll_nobodyIsPacked() throws Exception {
        WriteBackCache<Cell> cache = cache(100 * (USER_BYTES + 50));
        for (int i = 0; i < 100; i++) {
            set(cache, "u" + (100 + i), i);
        }

        assertThat(cache.decoded()).isEqualTo(100);
    }

    @Test
    void moreThanThereIsRoomForDecoded_arePacked_andComeBackWithoutARead() throws Exception {
        WriteBackCache<Cell> cache = cache(100 * (USER_BYTES - 20));
        for (int i = 0; i < 100; i++) {
            set(cache, "u" + (100 + i), i);
        }
        assertThat(cache.size()).isEqualTo(100);
        int packed = 100 * 20 / (USER_BYTES - PACKED_BYTES);
        assertThat(cache.decoded()).isBetween(95 - packed, 105 - packed);
        assertThat(store.writes).isZero();

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("u" + (100 + i)).value().number).isEqualTo(i);
        }
        assertThat(store.reads).isEqualTo(100);
        cache.flush();
        assertThat(store.contents())
                .hasSize(100)
                .containsEntry("u142", new Expected(42, Timed.NONE));
    }

    @Test
    void withoutSnapshots_nothingPilesUp() throws Exception {
        WriteBackCache<Cell> cache = cache(20 * USER_BYTES);
        for (int i = 0; i < 100_000; i++) {
            set(cache, "u" + (100 + i % 500), i);
        }
        // Each place once.
        assertThat(cache.waiting()).isLessThanOrEqualTo(20 * USER_BYTES / PACKED_BYTES + 1);
        assertThat(store.contents()).hasSizeGreaterThan(400);
    }

    @Test
    void unchangedUser_isDroppedWithoutAWrite() throws Exception {
        WriteBackCache<Cell> cache = cache(1);
        for (int i = 0; i < 100; i++) {
            cache.get("u" + i);
        }

        assertThat(store.writes).isZero();
    }

    @Test
    void userThatStillChanges_isCarried_andWhoDoesNot_isWrittenAfterSomeCheckpoints()
            throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        carriedBy(cache);
        assertThat(checkpointsUntilQuietUsersAreWritten(cache)).isBetween(8, 10);

        assertThat(cache.unwritten()).isBetween(9_800, 10_000);
        assertThat(store.writes).isBetween(10_000, 10_200);
        assertThat(store.values).containsKeys("u10000", "u19999").doesNotContainKey("u9999");
    }

    @Test
    void mostBarriersFindNothingToFlush_andTheOthersLittle_unlessWritesAreForced()
            throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        carriedBy(cache);
        for (int i = 0; i < 300_000; i++) {
            set(cache, "u" + i, i);
        }
        List<Integer> writes = new ArrayList<>();
        for (int checkpoint = 0; checkpoint < 60; checkpoint++) {
            int before = store.writes;
            for (int i = 0; i < 10_000; i++) {
                now += 1;
                set(cache, "busy" + i % 2, i);
            }
            writes.add(store.writes - before);
            carriedBy(cache);
        }

        assertThat(writes.stream().filter(some -> some > 0).count()).isBetween(3L, 5L);
        assertThat(writes).allMatch(some -> some <= 100_000);
        assertThat(cache.unwritten()).isEqualTo(2);
    }

    /** Of 20,000 users one half changes on, each twice between two checkpoints. */
    private int checkpointsUntilQuietUsersAreWritten(WriteBackCache<Cell> cache) throws Exception {
        for (int i = 0; i < 20_000; i++) {
            set(cache, "u" + i, i);
        }
        int accesses = 20_000;
        int i = 0;
        while (cache.unwritten() > 10_000) {
            now = i * INTERVAL.toMillis() / accesses;
            set(cache, "u" + i % 10_000, i);
            i++;
            if (i % accesses == 0) {
                carriedBy(cache);
            }
        }
        return i / accesses + 1;
    }

    @Test
    void moreThanMayBeCarried_areWritten_whoeverChangesLeastFirst() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE, 1 << 20);
        for (int i = 0; i < 200_000; i++) {
            set(cache, "busy" + i % 1_000, i);
            set(cache, "u" + i, i);
            if (i % 20_000 == 0) {
                carriedBy(cache);
                assertThat(cache.carriedBytes()).isLessThan(3 << 19);
            }
        }

        assertThat(cache.carriedBytes()).isGreaterThan(1 << 18);
        assertThat(store.contents()).hasSizeGreaterThan(150_000).doesNotContainKey("busy500");
    }

    @Test
    void nobodyChanged_aCheckpointCarriesNothing() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        set(cache, "ada", 1);
        cache.flush();

        assertThat(carriedBy(cache)).isEmpty();
        assertThat(cache.carriedBytes()).isZero();
    }

    @Test
    void carriedInAnUnknownForm_isRefused_withARemedy() {
        byte[] timersOfFlink = {0, 0, 0, 2, 0, 0};
        List<KeyGroupStatePartitionStreamProvider> parts =
                List.of(
                        new KeyGroupStatePartitionStreamProvider(
                                new ByteArrayInputStream(timersOfFlink), 0));

        assertThatThrownBy(() -> cache(LARGE).restore(parts, new NothingBeside()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 2")
                .hasMessageContaining("restore a savepoint");
    }

    private WriteBackCache<Cell> cache(long capacity) {
        return cache(capacity, LARGE);
    }

    private WriteBackCache<Cell> cache(long capacity, long carried) {
        return cache(store, capacity, carried);
    }

    private WriteBackCache<Cell> cache(Store at, long capacity) {
        return cache(at, capacity, LARGE);
    }

    private WriteBackCache<Cell> cache(Store at, long capacity, long carried) {
        return new WriteBackCache<>(
                at,
                new Numbers(),
                WEIGHT,
                capacity,
                new WritePace(INTERVAL, INTERVAL.dividedBy(20), carried, 0, () -> now),
                new SimpleCounter());
    }

    private static void set(WriteBackCache<Cell> cache, String user, long number) throws Exception {
        Timed<Cell> value = cache.get(user);
        Timed<Cell> changed = value == null ? new Timed<>(new Cell(0), Timed.NONE) : value;
        changed.value().number = number;
        cache.put(user, changed);
    }

    /** A number and a timer. */
    private record Expected(long number, long timer) {
        static Expected of(Timed<Cell> value) {
            return new Expected(value.value().number, value.timer());
        }
    }

    /** Keeps numbers, not the objects: what is not put does not count. */
    private static final class Store implements UserStore<Cell> {
        private static final int KEY_GROUPS = 8;

        private Map<String, Expected> values = new HashMap<>();
        private Map<String, Long> timers = new HashMap<>();

        /** Fired by the store, of which the cache may not have heard yet. */
        private Map<String, Long> taken = new TreeMap<>();

        private int reads;
        private int writes;

        Map<String, Expected> contents() {
            return new TreeMap<>(values);
        }

        Store copy() {
            Store copy = new Store();
            copy.values = new HashMap<>(values);
            copy.timers = new HashMap<>(timers);
            return copy;
        }

        Map<String, Long> takeTimersUpTo(long time) {
            taken = new TreeMap<>(timers);
            taken.values().removeIf(timer -> timer > time);
            timers.keySet().removeAll(taken.keySet());
            return taken;
        }

        @Override
        public Timed<Cell> get(String userId) {
            reads++;
            Expected value = values.get(userId);
            return value == null ? null : new Timed<>(new Cell(value.number), value.timer);
        }

        @Override
        public void putPacked(String userId, byte[] bytes, int start, int length)
                throws IOException {
            writes++;
            values.put(
                    userId,
                    Expected.of(
                            new Numbers()
                                    .deserialize(new DataInputDeserializer(bytes, start, length))));
        }

        @Override
        public void remove(String userId) {
            values.remove(userId);
        }

        @Override
        public void moveTimer(String userId, long from, long to) {
            assertThat(from)
                    .isEqualTo(timers.getOrDefault(userId, taken.getOrDefault(userId, Timed.NONE)));
            if (from == to) {
                return;
            }
            if (to == Timed.NONE) {
                timers.remove(userId);
            } else {
                timers.put(userId, to);
            }
        }

        @Override
        public int keyGroup(int idHash) {
            return Math.floorMod(idHash, KEY_GROUPS);
        }

        @Override
        public int keyGroups() {
            return KEY_GROUPS;
        }
    }

    /** A number as a user's value. */
    private static final class Cell implements Prefetchable {
        private long number;

        Cell(long number) {
            this.number = number;
        }

        @Override
        public long touch() {
            return number;
        }

        @Override
        public long touchArrays() {
            return 0;
        }
    }

    /** Writes and reads cells. */
    private static final class Numbers extends TimedSerializer<Cell> {
        private static final long serialVersionUID = 1L;

        @Override
        void writeValue(Cell value, DataOutputView target) throws IOException {
            target.writeLong(value.number);
        }

        @Override
        Cell readValue(Cell reuse, DataInputView source) throws IOException {
            Cell value = reuse == null ? new Cell(0) : reuse;
            value.number = source.readLong();
            return value;
        }

        @Override
        public TypeSerializer<Timed<Cell>> duplicate() {
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbers;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public TypeSerializerSnapshot<Timed<Cell>> snapshotConfiguration() {
            return new NumbersSnapshot();
        }
    }

    /** There is but one form of them. */
    public static final class NumbersSnapshot extends SimpleTypeSerializerSnapshot<Timed<Cell>> {
        /** For restoring. */
        public NumbersSnapshot() {
            super(Numbers::new);
        }
    }
}
