// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.CompositeKeySerializationUtils;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

/** The order of writes against the keys that Flink gives RocksDB. */
class WriteOrderTest {
    private static final int KEY_GROUPS = 128;

    private final CachedUsers users = new CachedUsers();
    private final WriteOrder order = new WriteOrder();

    @Test
    void sort_idsOfAKeyGroupThatDifferInSixCharacters_areInTheOrderOfTheirKeys()
            throws IOException {
        Random random = new Random(5);
        while (users.size() < 500) {
            String end = random.nextBoolean() ? "" : "a";
            String id = String.format("user-%06d-of-us%s", random.nextInt(1_000_000), end);
            if (keyGroup(id) == 7 && users.find(id) == CachedUsers.NOWHERE) {
                users.add(id);
            }
        }
        List<byte[]> expected = new ArrayList<>();
        for (int place = 0; place < users.end(); place++) {
            expected.add(key(users.userId(place)));
        }
        expected.sort(Comparator.comparing(key -> key, Arrays::compareUnsigned));

        List<byte[]> keys = new ArrayList<>();
        for (int place : sorted(users.end())) {
            keys.add(key(users.userId(place)));
        }

        assertThat(keys).usingElementComparator(Arrays::compareUnsigned).isEqualTo(expected);
    }

    @Test
    void sort_idsOfAnyCharactersAndLength_keepsEachPlaceOnce() {
        for (String id :
                new String[] {"", "a", "b", "größe", "\uD83D\uDE00", "x".repeat(256), "\u0000"}) {
            users.add(id);
        }

        assertThat(sorted(users.end())).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(sorted(1)).containsExactly(0);
        assertThat(sorted(0)).isEmpty();
    }

    private int[] sorted(int count) {
        int[] places = new int[count];
        Arrays.setAll(places, i -> i);
        order.sort(places, count, users);
        return places;
    }

    private static int keyGroup(String userId) {
        return KeyGroupRangeAssignment.assignToKeyGroup(userId, KEY_GROUPS);
    }

    /** As {@code RocksDBKeyedStateBackend} builds it, but for the namespace behind it. */
    private static byte[] key(String userId) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        int prefix =
                CompositeKeySerializationUtils.computeRequiredBytesInKeyGroupPrefix(KEY_GROUPS);
        CompositeKeySerializationUtils.writeKeyGroup(keyGroup(userId), prefix, out);
        CompositeKeySerializationUtils.writeKey(userId, StringSerializer.INSTANCE, out, false);
        return out.getCopyOfBuffer();
    }
}
