// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.ClickEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PanedAggregateTest {
    private static final RollOptions OPTIONS = RollOptions.defaults();

    private final Sections user = new Sections();

    @Test
    void prune_severalPanes_leavesTheRest() {
        Sums sums = new Sums(0);
        user.clear(1);
        sums.open(user);
        for (int pane : new int[] {5, 1, 3, 2, 4, 3}) {
            sums.add(user, bought(pane), pane, 0, OPTIONS);
        }
        assertThat(sums.value(user, 0)).isEqualTo(18);
        assertThat(sums.value(user, 3)).isEqualTo(15);
        sums.prune(user, 4);

        assertThat(sums.value(user, 0)).isEqualTo(9);
        assertThat(sums.firstPane(user, 0)).isEqualTo(4);
        assertThat(sums.firstPane(user, 6)).isEqualTo(Aggregate.NO_PANE);
        sums.add(user, bought(1), 4, 0, OPTIONS);
        assertThat(sums.value(user, 0)).isEqualTo(10);
    }

    @Test
    void add_panesBeforeTheEpoch_areCounted() {
        Counts counts = new Counts(0);
        user.clear(1);
        counts.open(user);
        for (int pane : new int[] {-3, 2, -3, -1, 2, 2}) {
            counts.add(user, bought(0), pane, -5, OPTIONS);
        }

        assertThat(counts.value(user, -5)).isEqualTo(6);
        assertThat(counts.value(user, -2)).isEqualTo(4);
        assertThat(counts.value(user, 0)).isEqualTo(3);
        assertThat(counts.firstPane(user, -5)).isEqualTo(-3);
        assertThat(counts.firstPane(user, -2)).isEqualTo(-1);
    }

    /** What shares a long with the pane must not run into it. */
    @Test
    void add_asManyAsAPaneCanCount_staysThere() throws IOException {
        long most = (1L << 32) - 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Varints.writeUnsigned(out, 1);
        Varints.writeSigned(out, 7);
        Varints.writeUnsigned(out, most - 1);
        Counts counts = new Counts(0);
        user.clear(1);
        counts.read(user, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 0);

        assertThat(counts.add(user, bought(0), 7, 0, OPTIONS)).isEqualTo(Effect.ONE_MORE);
        assertThat(counts.value(user, 0)).isEqualTo(most);
        assertThat(counts.add(user, bought(0), 7, 0, OPTIONS)).isEqualTo(Effect.NONE);
        assertThat(counts.value(user, 0)).isEqualTo(most);
        assertThat(counts.firstPane(user, 0)).isEqualTo(7);
    }

    private static ClickEvent bought(double price) {
        return new ClickEvent("u", false, 0, 1, 0, 0, 1, 1, price);
    }
}
