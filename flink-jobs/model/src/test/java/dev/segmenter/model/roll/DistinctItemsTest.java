// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.EventField;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctItemsTest {
    private static final RollOptions OPTIONS = RollOptions.defaults();
    private static final int CAPACITY = OPTIONS.distinctCapacity();

    private static final DistinctItems ITEMS = new DistinctItems(0, EventField.ITEM);

    private final Sections items = empty();

    private static Sections empty() {
        Sections user = new Sections();
        user.clear(1);
        ITEMS.open(user);
        return user;
    }

    @Test
    void value_upToCapacity_isExact() {
        for (int i = 0; i < CAPACITY; i++) {
            add(items, i, 10);
            add(items, i, 10);
            assertThat(ITEMS.value(items, 0)).isEqualTo(i + 1);
        }
    }

    @Test
    void value_severalWindows_countsLatestSightings() {
        add(items, 1, 3);
        add(items, 2, 3);
        add(items, 1, 8);
        add(items, 1, 5);

        assertThat(ITEMS.value(items, 3)).isEqualTo(2);
        assertThat(ITEMS.value(items, 4)).isEqualTo(1);
        assertThat(ITEMS.value(items, 8)).isEqualTo(1);
        assertThat(ITEMS.value(items, 9)).isZero();
        assertThat(ITEMS.firstPane(items, 0)).isEqualTo(3);
        assertThat(ITEMS.firstPane(items, 4)).isEqualTo(8);
        assertThat(ITEMS.firstPane(items, 9)).isEqualTo(Aggregate.NO_PANE);
    }

    @Test
    void value_noItem_isNotCounted() {
        ITEMS.add(items, click(0, 7), 1, 0, OPTIONS);

        assertThat(ITEMS.value(items, 0)).isZero();
    }

    @Test
    void value_beyondCapacity_unbiasedWithStatedError() {
        int n = 5000;
        int runs = 400;
        Random random = new Random(7);
        double sum = 0;
        double squares = 0;
        for (int run = 0; run < runs; run++) {
            Sections many = empty();
            for (int i = 0; i < n; i++) {
                ITEMS.add(
                        many,
                        click(Hashes.toInt(Hashes.of(random.nextLong(), i)), 0),
                        1,
                        0,
                        OPTIONS);
            }
            double error = ITEMS.value(many, 0) / n - 1;
            sum += error;
            squares += error * error;
        }

        double stated = 1.2 / Math.sqrt(CAPACITY);
        assertThat(sum / runs).isCloseTo(0, within(3 * stated / Math.sqrt(runs)));
        assertThat(Math.sqrt(squares / runs)).isBetween(0.8 * stated, 1.2 * stated);
    }

    @Test
    void prune_mapEmpties_countsExactlyAgain() {
        for (int i = 0; i < 20 * CAPACITY; i++) {
            add(items, i, 1);
        }
        ITEMS.prune(items, 2);
        for (int i = 0; i < 100; i++) {
            add(items, i, 2);
        }

        assertThat(ITEMS.value(items, 2)).isEqualTo(100);
    }

    @Test
    void read_sampledState_goesOnAsBefore() throws IOException {
        for (int i = 0; i < 3 * CAPACITY; i++) {
            add(items, i, i % 7);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ITEMS.write(items, new DataOutputStream(bytes), 0);
        Sections read = read(bytes);
        for (int i = 0; i < 20 * CAPACITY; i += 50) {
            for (int oldest = 0; oldest < 8; oldest++) {
                assertThat(ITEMS.value(read, oldest)).isEqualTo(ITEMS.value(items, oldest));
                assertThat(ITEMS.firstPane(read, oldest)).isEqualTo(ITEMS.firstPane(items, oldest));
            }
            add(items, i, 5);
            add(read, i, 5);
        }
    }

    /** As the first release wrote them. */
    @Test
    void read_itemsInOrderOfArrival_countsEachWindow() throws IOException {
        int[] panes = {5, 3, 9, 3, 7};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Varints.writeUnsigned(out, panes.length);
        Varints.writeUnsigned(out, 0);
        int previous = 0;
        for (int pane : panes) {
            out.writeInt(100 + pane * 10 + previous);
            Varints.writeSigned(out, pane - previous);
            previous = pane;
        }
        Sections read = read(bytes);

        assertThat(ITEMS.value(read, 0)).isEqualTo(5);
        assertThat(ITEMS.value(read, 4)).isEqualTo(3);
        assertThat(ITEMS.value(read, 8)).isEqualTo(1);
        assertThat(ITEMS.firstPane(read, 4)).isEqualTo(5);
        ITEMS.prune(read, 5);
        assertThat(ITEMS.value(read, 0)).isEqualTo(3);
    }

    private static Sections read(ByteArrayOutputStream bytes) throws IOException {
        Sections read = new Sections();
        read.clear(1);
        ITEMS.read(read, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 0);
        return read;
    }

    @Test
    void value_categories_readsTheCategory() {
        DistinctItems categories = new DistinctItems(0, EventField.CATEGORY);
        categories.add(items, click(1, 5), 1, 0, OPTIONS);
        categories.add(items, click(2, 5), 1, 0, OPTIONS);

        assertThat(categories.value(items, 0)).isEqualTo(1);
    }

    private static void add(Sections user, int item, int pane) {
        ITEMS.add(user, click(Hashes.toInt(Hashes.of(item, 99)), 0), pane, 0, OPTIONS);
    }

    private static ClickEvent click(int item, int category) {
        return new ClickEvent("u", false, 0, 1, 0, 0, item, category, 0);
    }
}
