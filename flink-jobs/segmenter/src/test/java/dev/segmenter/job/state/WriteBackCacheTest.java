// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.Prefetchable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(ints = {1, 300, 1_000, 5_000, LARGE})
    void randomAccesses_readWhatAMapHolds_andFlushLeavesItInTheStore(int capacity)
            throws Exception {
        WriteBackCache<Cell> cache = cache(capacity);
        Map<String, Long> expected = new TreeMap<>();
        Random random = new Random(capacity);
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(5);
            String user = "u" + random.nextInt(30);
            Timed<Cell> value = cache.get(user);
            assertThat(value == null ? null : (Long) value.value().number)
                    .isEqualTo(expected.get(user));
            change(cache, expected, user, value, random.nextInt(10), step);
            assertThat(cache.bytes() <= capacity || cache.size() == 1).isTrue();
            if (random.nextInt(500) == 0) {
                cache.flush();
                assertThat(store.contents()).isEqualTo(expected);
                assertThat(cache.unwritten()).isZero();
            }
        }
    }

    /** In place, as the operators do it. */
    private static void change(
            WriteBackCache<Cell> cache,
            Map<String, Long> expected,
            String user,
            Timed<Cell> value,
            int kind,
            long number)
            throws Exception {
        if (kind == 0) {
            cache.remove(user);
            expected.remove(user);
        } else if (kind < 6) {
            Timed<Cell> changed = value == null ? new Timed<>(new Cell(0), Timed.NONE) : value;
            changed.value().number = number;
            cache.put(user, changed);
            expected.put(user, number);
        }
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
        assertThat(store.contents()).hasSize(100).containsEntry("u142", 42L);
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
    void checkpointDue_fewAreLeftToWrite_andUntilThenUsersAreWrittenOnce() throws Exception {
        WriteBackCache<Cell> cache = cache(LARGE);
        int users = 20_000;
        for (int i = 0; i < users; i++) {
            set(cache, "u" + i, i);
        }
        assertThat(cache.unwritten()).as("right after a checkpoint").isEqualTo(users);

        // Reads only: what is written is what the pace demands.
        for (int i = 0; i < users; i++) {
            now = i * INTERVAL.toMillis() / users;
            cache.get("u" + i % 10);
        }

        assertThat(cache.unwritten()).isLessThanOrEqualTo(1_000);
        assertThat(store.writes).isEqualTo(users - cache.unwritten());
        cache.flush();
        assertThat(store.writes).isEqualTo(users);
        assertThat(store.contents()).hasSize(users);
    }

    private WriteBackCache<Cell> cache(long capacity) {
        return new WriteBackCache<>(
                store,
                new Numbers(),
                WEIGHT,
                capacity,
                new WritePace(INTERVAL, () -> now),
                new SimpleCounter());
    }

    private static void set(WriteBackCache<Cell> cache, String user, long number) throws Exception {
        Timed<Cell> value = cache.get(user);
        Timed<Cell> changed = value == null ? new Timed<>(new Cell(0), Timed.NONE) : value;
        changed.value().number = number;
        cache.put(user, changed);
    }

    /** Keeps numbers, not the objects: what is not put does not count. */
    private static final class Store implements UserStore<Cell> {
        private final Map<String, Long> values = new HashMap<>();
        private int reads;
        private int writes;

        Map<String, Long> contents() {
            return new TreeMap<>(values);
        }

        @Override
        public Timed<Cell> get(String userId) {
            reads++;
            Long value = values.get(userId);
            return value == null ? null : new Timed<>(new Cell(value), Timed.NONE);
        }

        @Override
        public void put(String userId, Timed<Cell> value) {
            writes++;
            values.put(userId, value.value().number);
        }

        @Override
        public void putPacked(String userId, byte[] bytes, int start, int length)
                throws IOException {
            put(userId, new Numbers().deserialize(new DataInputDeserializer(bytes, start, length)));
        }

        @Override
        public int keyGroup(String userId) {
            return userId.length() % 3;
        }

        @Override
        public void remove(String userId) {
            values.remove(userId);
        }

        @Override
        public void flush() {}
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
            throw new UnsupportedOperationException("a test's numbers are in no savepoint");
        }
    }
}
