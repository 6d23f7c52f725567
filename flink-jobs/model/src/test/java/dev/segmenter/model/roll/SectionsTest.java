// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a list for each section. */
class SectionsTest {
    private static final int COUNT = 5;

    private final Random random = new Random(17);
    private final List<List<Long>> expected = new ArrayList<>();
    private final Sections sections = new Sections();

    @Test
    void randomChanges_holdWhatListsHold() {
        fill();
        for (int step = 0; step < 20_000; step++) {
            int section = random.nextInt(COUNT);
            if (random.nextInt(100) < 45 + step / 500 % 10) {
                insert(section, 1 + random.nextInt(3));
            } else {
                remove(section);
            }
            if (step % 100 == 0) {
                requireExpected(sections);
                Sections copy = new Sections();
                copy.copyOf(sections);
                requireExpected(copy);
            }
        }
        requireExpected(sections);
    }

    @Test
    void copyOf_intoAnotherUsersSections_isEqualAndApart() {
        Sections reused = new Sections();
        for (int round = 0; round < 200; round++) {
            expected.clear();
            fill();
            reused.copyOf(sections);
            requireExpected(reused);
            for (int i = 0; i < 20; i++) {
                int section = random.nextInt(COUNT);
                reused.insert(section, reused.start(section), 2);
            }
            requireExpected(sections);
        }
    }

    @Test
    void openLike_sectionsInAnotherOrder_movesThem() {
        fill();
        Sections turned = new Sections();
        turned.clear(COUNT);
        List<List<Long>> before = new ArrayList<>(expected);
        expected.clear();
        for (int section = 0; section < COUNT; section++) {
            turned.openLike(sections, COUNT - 1 - section, section);
            expected.add(before.get(COUNT - 1 - section));
        }

        requireExpected(turned);
    }

    private void fill() {
        sections.clear(COUNT);
        for (int section = 0; section < COUNT; section++) {
            int size = random.nextInt(3) == 0 ? 0 : random.nextInt(40);
            int start = sections.open(section, size);
            expected.add(new ArrayList<>());
            for (int i = 0; i < size; i++) {
                long number = random.nextLong();
                sections.set(start + i, number);
                expected.get(section).add(number);
            }
        }
    }

    private void insert(int section, int longs) {
        List<Long> list = expected.get(section);
        int at = random.nextInt(list.size() + 1);
        sections.insert(section, sections.start(section) + at, longs);
        for (int i = 0; i < longs; i++) {
            long number = random.nextLong();
            sections.set(sections.start(section) + at + i, number);
            list.add(at + i, number);
        }
    }

    private void remove(int section) {
        List<Long> list = expected.get(section);
        int from = random.nextInt(list.size() + 1);
        int to = Math.min(list.size(), from + random.nextInt(4));
        sections.remove(section, sections.start(section) + from, sections.start(section) + to);
        list.subList(from, to).clear();
    }

    private void requireExpected(Sections actual) {
        for (int section = 0; section < COUNT; section++) {
            List<Long> numbers = new ArrayList<>();
            for (int i = actual.start(section); i < actual.end(section); i++) {
                numbers.add(actual.at(i));
            }
            assertThat(numbers).as("section %d", section).isEqualTo(expected.get(section));
        }
    }
}
