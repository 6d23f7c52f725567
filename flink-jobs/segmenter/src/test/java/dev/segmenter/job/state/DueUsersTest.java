// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueUsersTest {
    private static final long DAY = 86_400_000;

    private record Entry(long time, int place) {}

    private final DueUsers due = new DueUsers();
    private final PriorityQueue<Entry> expected =
            new PriorityQueue<>(Comparator.comparing(Entry::time));

    @Test
    void randomUse_sameAsAPriorityQueue() {
        Random random = new Random(11);
        long now = -500 * DAY;
        for (int step = 0; step < 200_000; step++) {
            int choice = random.nextInt(100);
            if (choice < 60) {
                // Some are due already, some at once, some in years.
                add(now + (random.nextLong() >> 24 + random.nextInt(40)), step);
            } else if (choice < 99) {
                takeAny();
            } else {
                now += random.nextLong() >>> 25 + random.nextInt(39);
                passTo(now);
            }
            if (random.nextInt(20_000) == 0) {
                due.clear();
                expected.clear();
            }
            assertThat(due.size()).isEqualTo(expected.size());
        }
        passTo(Long.MAX_VALUE);
        assertThat(due.size()).isZero();
    }

    @Test
    void anyTimeThereIs_dueThenAndNotBefore() {
        long[] times = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 255, 256, Long.MAX_VALUE};
        for (long time : times) {
            DueUsers users = new DueUsers();
            users.add(time, 3);
            if (time > Long.MIN_VALUE) {
                users.passTo(time - 1);
                assertThat(users.isAnyDue()).isFalse();
                users.passTo(time);
            }
            assertThat(users.isAnyDue()).isTrue();
            assertThat(users.nextTime()).isEqualTo(time);
            assertThat(users.take()).isEqualTo(3);
            assertThat(users.isAnyDue()).isFalse();
        }
    }

    @Test
    void timePassesByTheMs_inTheOrderOfTimes() {
        Random random = new Random(12);
        for (int place = 0; place < 1000; place++) {
            due.add(random.nextInt(10_000), place);
        }
        for (long now = 0; now < 10_000; now++) {
            due.passTo(now);
            while (due.isAnyDue()) {
                assertThat(due.nextTime()).isEqualTo(now);
                due.take();
            }
        }
        assertThat(due.size()).isZero();
    }

    /** Each user once a day, for years: buckets leave their room to others. */
    @Test
    void placesComeAndGo_roomStays() {
        Random random = new Random(13);
        int users = 10_000;
        for (int place = 0; place < users; place++) {
            due.add(random.nextLong(DAY), place);
        }
        for (long now = 0; now < 300 * DAY; now += DAY / 20) {
            due.passTo(now);
            while (due.isAnyDue()) {
                long time = due.nextTime();
                due.add(time + DAY, due.take());
            }
        }
        assertThat(due.size()).isEqualTo(users);
        assertThat(due.room()).isLessThan(8 * users);
    }

    private void add(long time, int place) {
        due.add(time, place);
        expected.add(new Entry(time, place));
    }

    private void takeAny() {
        if (due.isAnyDue()) {
            Entry taken = new Entry(due.nextTime(), due.take());
            assertThat(expected.remove(taken)).isTrue();
        }
    }

    private void passTo(long time) {
        due.passTo(time);
        List<Entry> dueNow = new ArrayList<>();
        while (due.isAnyDue()) {
            dueNow.add(new Entry(due.nextTime(), due.take()));
        }
        List<Entry> expectedNow = new ArrayList<>();
        while (!expected.isEmpty() && expected.peek().time <= time) {
            expectedNow.add(expected.remove());
        }
        assertThat(dueNow).containsExactlyInAnyOrderElementsOf(expectedNow);
    }
}
