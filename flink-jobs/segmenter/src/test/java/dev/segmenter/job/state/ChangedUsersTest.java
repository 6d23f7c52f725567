// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangedUsersTest {
    private final ChangedUsers changed = new ChangedUsers();

    @Test
    void take_goesFromKeyGroupToKeyGroup_eachPlaceOnce() {
        int groups = 300;
        Random random = new Random(3);
        TreeSet<Integer> expected = new TreeSet<>();
        for (int i = 0; i < 5_000; i++) {
            int place = random.nextInt(4_000);
            expected.add(place);
            changed.add(place, place % groups);
        }
        assertThat(changed.size()).isEqualTo(expected.size());

        int[] room = new int[5_000];
        List<Integer> taken = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int[] places = Arrays.copyOf(room, changed.take(room));
            assertThat(places).isNotEmpty();
            assertThat(changed.taken()).isEqualTo(group);
            for (int place : places) {
                assertThat(place % groups).isEqualTo(group);
                taken.add(place);
            }
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(changed.size()).isZero();
        assertThat(changed.take(room)).isZero();
    }

    @Test
    void take_moreThanThereIsRoomFor_leavesTheRestForTheNextRound() {
        for (int place = 0; place < 10; place++) {
            changed.add(place, place / 5);
        }
        int[] places = new int[3];
        TreeSet<Integer> taken = new TreeSet<>();
        int[] counts = {3, 3, 2, 2, 0};
        for (int count : counts) {
            assertThat(changed.take(places)).isEqualTo(count);
            Arrays.stream(places, 0, count).forEach(taken::add);
        }

        assertThat(taken).hasSize(10);
    }

    @Test
    void add_aPlaceThatWasTaken_isListedAgainAfterTheOthers() {
        changed.add(1, 0);
        changed.add(2, 1);
        int[] places = new int[4];
        changed.take(places);
        changed.add(1, 0);

        assertThat(changed.take(places)).isEqualTo(1);
        assertThat(places[0]).isEqualTo(2);
        assertThat(changed.take(places)).isEqualTo(1);
        assertThat(places[0]).isEqualTo(1);
    }
}
