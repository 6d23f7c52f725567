// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.Prefetchable;
import org.junit.jupiter.api.Test;

class GroupPrefetchTest {
    private static final int USERS = 2_000;

    private final CachedUsers users = new CachedUsers();
    private final DecodedValues<Touched> decoded = new DecodedValues<>();
    private final GroupPrefetch<Touched> ahead = new GroupPrefetch<>(users, decoded);
    private final Touched[] values = new Touched[USERS];

    private static final class Touched implements Prefetchable {
        private int objects;
        private int arrays;

        @Override
        public long touch() {
            return ++objects;
        }

        @Override
        public long touchArrays() {
            return ++arrays;
        }
    }

    GroupPrefetchTest() {
        for (int i = 0; i < USERS; i++) {
            values[i] = new Touched();
            int place = users.add("u" + i);
            if (i % 10 != 0) {
                int slot = decoded.take();
                decoded.set(slot, new Timed<>(i % 10 == 1 ? null : values[i], Timed.NONE));
                users.setSlot(place, slot);
            } else {
                users.widen(place, 500);
            }
        }
    }

    @Test
    void usersOfAGroup_eachReadOnce_fromObjectToArrays() {
        fetch("u2", "u3", "nobody", "u0", "u1", "u2");

        assertThat(touches(2)).isEqualTo(1);
        assertThat(touches(3)).isEqualTo(1);
        assertThat(touches(4)).isZero();
    }

    @Test
    void fetchedAMomentAgo_isNotReadAgain_butIsAfterManyOthers() {
        fetch("u2", "u3");
        fetch("u3", "u5");
        assertThat(touches(3)).isEqualTo(1);

        for (int i = 10; i < USERS; i++) {
            fetch("u" + i);
        }
        fetch("u3");
        assertThat(touches(3)).isEqualTo(2);
    }

    /** Nobody is lost among others: whoever is not remembered is read. */
    @Test
    void everybodyInTurn_isReadEachTime() {
        for (int turn = 1; turn <= 3; turn++) {
            for (int i = 0; i < USERS; i++) {
                fetch("u" + i);
            }
            for (int i = 0; i < USERS; i++) {
                assertThat(touches(i)).isEqualTo(i % 10 > 1 ? turn : 0);
            }
        }
    }

    @Test
    void placeThatWasLeft_readsNothing() {
        int place = users.find("u7");
        users.remove(place);

        ahead.byPlace(new int[] {place}, 0, 1);

        assertThat(touches(7)).isZero();
    }

    private void fetch(String... userIds) {
        ahead.byId(userIds, userIds.length);
    }

    private int touches(int user) {
        assertThat(values[user].objects).isEqualTo(values[user].arrays);
        return values[user].objects;
    }
}
