// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueUsersTest {
    private record Entry(long time, int place) {}

    @Test
    void randomUse_sameAsAPriorityQueue() {
        Random random = new Random(11);
        DueUsers due = new DueUsers();
        PriorityQueue<Entry> expected = new PriorityQueue<>(Comparator.comparing(Entry::time));
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(100) < 51) {
                // Times are all different, so that the order is one.
                long time = random.nextInt(1 << 20) * 200_000L + step;
                due.add(time, step);
                expected.add(new Entry(time, step));
            } else if (!expected.isEmpty()) {
                Entry first = expected.remove();
                assertThat(due.isAnyUpTo(first.time - 1)).isFalse();
                assertThat(due.isAnyUpTo(first.time)).isTrue();
                assertThat(due.earliest()).isEqualTo(first.time);
                assertThat(due.take()).isEqualTo(first.place);
            }
            if (random.nextInt(20_000) == 0) {
                due.clear();
                expected.clear();
            }
            assertThat(due.size()).isEqualTo(expected.size());
        }
        assertThat(due.isAnyUpTo(Long.MAX_VALUE)).isEqualTo(!expected.isEmpty());
    }

    @Test
    void empty_nobodyIsDue_atNoTime() {
        DueUsers due = new DueUsers();
        due.add(Long.MIN_VALUE, 3);
        assertThat(due.take()).isEqualTo(3);

        assertThat(due.isAnyUpTo(Long.MAX_VALUE)).isFalse();
    }
}
