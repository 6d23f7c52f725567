// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheIndexTest {
    /** "Aa" and "BB" have one hash, and so has every id made of as many of either. */
    private static final String[] ALIKE = {"Aa", "BB"};

    @Test
    void randomUse_sameAsAMap_alsoOfIdsThatShareAHash() {
        Random random = new Random(3);
        CacheIndex index = new CacheIndex();
        Map<String, CachedUser> expected = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            String id = random.nextInt(4) == 0 ? alike(random) : "u" + random.nextInt(5_000);
            CachedUser held = expected.get(id);
            assertThat(index.get(id)).isSameAs(held);
            if (held == null) {
                CachedUser user = new CachedUser(id);
                index.add(user);
                expected.put(id, user);
            } else if (random.nextInt(3) > 0) {
                index.remove(held);
                assertThat(index.at(held.place)).isNull();
                expected.remove(id);
            } else {
                assertThat(index.at(held.place)).isSameAs(held);
            }
            assertThat(index.size()).isEqualTo(expected.size());
            assertThat(index.end()).isBetween(index.size(), index.room());
        }
    }

    @Test
    void likelyPlaces_areWhereTheUsersAre_orOthersOfTheSameHash() {
        Random random = new Random(5);
        CacheIndex index = new CacheIndex();
        for (int i = 0; i < 5_000; i++) {
            String id = i % 2 == 0 ? alike(random) : "u" + i;
            if (index.get(id) == null) {
                index.add(new CachedUser(id));
            }
        }
        String[] sought = new String[10_000];
        int[] places = new int[sought.length];
        for (int i = 0; i < sought.length; i++) {
            sought[i] = i % 4 == 0 ? alike(random) : "u" + i;
        }

        index.likelyPlaces(sought, sought.length, places);

        for (int i = 0; i < sought.length; i++) {
            CachedUser held = index.get(sought[i]);
            if (sought[i].startsWith("u")) {
                assertThat(places[i]).isEqualTo(held == null ? CacheIndex.NOWHERE : held.place);
            } else {
                assertThat(index.at(places[i]).userId).hasSameHashCodeAs(sought[i]);
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
