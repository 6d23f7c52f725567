// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CachedUsersTest {
    /** "Aa" and "BB" have one hash, and so has every id made of as many of either. */
    private static final String[] ALIKE = {"Aa", "BB"};

    @Test
    void randomUse_sameAsAMap_alsoOfIdsThatShareAHash() {
        Random random = new Random(3);
        CachedUsers users = new CachedUsers();
        Map<String, Integer> expected = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            String id = random.nextInt(4) == 0 ? alike(random) : "u" + random.nextInt(5_000);
            int held = expected.getOrDefault(id, CachedUsers.NOWHERE);
            assertThat(users.find(id)).isEqualTo(held);
            if (held == CachedUsers.NOWHERE) {
                int place = users.add(id);
                assertThat(users.isDecoded(place)).isFalse();
                assertThat(users.packedBytes(place)).isZero();
                users.setSlot(place, step);
                users.setPackedBytes(place, step + 1);
                users.setWeight(place, step + 2);
                users.setRegistered(place, -step);
                users.setScheduled(place, -step - 1L);
                assertThat(users.isMarked(place, ~0)).isFalse();
                users.mark(place, CachedUsers.DECODED | CachedUsers.UNWRITTEN);
                users.unmark(place, CachedUsers.DECODED);
                expected.put(id, place);
            } else if (random.nextInt(3) > 0) {
                users.remove(held);
                assertThat(users.isFree(held)).isTrue();
                expected.remove(id);
            } else {
                assertThat(users.userId(held)).isEqualTo(id);
                assertThat(users.isAt(held, id)).isTrue();
                assertThat(users.packedBytes(held)).isEqualTo(users.slot(held) + 1);
                assertThat(users.weight(held)).isEqualTo(users.slot(held) + 2);
                assertThat(users.registered(held)).isEqualTo(-users.slot(held));
                assertThat(users.scheduled(held)).isEqualTo(-users.slot(held) - 1L);
                assertThat(users.isMarked(held, CachedUsers.UNWRITTEN)).isTrue();
                assertThat(users.isMarked(held, ~CachedUsers.UNWRITTEN)).isFalse();
                assertThat(users.idHash(held)).isEqualTo(id.hashCode());
            }
            assertThat(users.size()).isEqualTo(expected.size());
            assertThat(users.end()).isGreaterThanOrEqualTo(users.size());
        }
    }

    @Test
    void widen_keepsTheId_andForgetsTheStoredForm() {
        CachedUsers users = new CachedUsers();
        int place = users.add("größe");
        users.setPackedBytes(place, 7);

        users.widen(place, 100);

        assertThat(users.userId(place)).isEqualTo("größe");
        assertThat(users.entry(place)).hasSize(IdBytes.end(users.entry(place)) + 100);
        assertThat(users.packedBytes(place)).isZero();
        assertThat(users.find("größe")).isEqualTo(place);
    }

    @Test
    void likelyPlaces_areWhereTheUsersAre_orOthersOfTheSameHash() {
        Random random = new Random(5);
        CachedUsers users = new CachedUsers();
        for (int i = 0; i < 5_000; i++) {
            String id = i % 2 == 0 ? alike(random) : "u" + i;
            if (users.find(id) == CachedUsers.NOWHERE) {
                users.add(id);
            }
        }
        String[] sought = new String[10_000];
        int[] places = new int[sought.length];
        for (int i = 0; i < sought.length; i++) {
            sought[i] = i % 4 == 0 ? alike(random) : "u" + i;
        }

        users.likelyPlaces(sought, sought.length, places);

        for (int i = 0; i < sought.length; i++) {
            if (sought[i].startsWith("u")) {
                assertThat(places[i]).isEqualTo(users.find(sought[i]));
            } else {
                assertThat(users.userId(places[i])).hasSameHashCodeAs(sought[i]);
            }
        }
    }

    private static String alike(Random random) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            id.append(ALIKE[random.nextInt(2)]);
        }
        return id.toString();
    }
}
