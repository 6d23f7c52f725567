// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against a map, and against what was kept of it. */
class EventIdTableTest {
    private final List<byte[]> kept = new ArrayList<>();

    /** Few hashes that share their lowest bits crowd the same places; others lie everywhere, across the end, too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1 << 10, 1L << 40, 0x9E3779B97F4A7C15L})
    void randomUse_sameAsAMap_andKeptPartsHoldIt(long step) throws IOException {
        Random random = new Random(step);
        EventIdTable table = new EventIdTable();
        HeldIds expected = new HeldIds();
        for (int i = 0; i < 20_000; i++) {
            long hash = random.nextInt(3_000) * step;
            assertThat(table.addIfAbsent(hash, i)).isEqualTo(expected.addIfAbsent(hash, i));
            if (random.nextInt(500) == 0) {
                long horizon = i - random.nextInt(3_000);
                table.dropBefore(horizon);
                expected.dropBefore(horizon);
            }
            assertThat(table.size()).isEqualTo(expected.times.size());
            if (random.nextInt(200) == 0) {
                keep(table);
                requireHeld(read(), expected.times);
                table = random.nextBoolean() ? table : read();
            }
        }
    }

    @Test
    void written_onlyWhatWasAddedSince_untilThatIsMost() throws IOException {
        EventIdTable table = filled(1_000);
        keep(table);
        assertThat(table.isWritten()).isTrue();
        int whole = kept.get(0).length;

        table.addIfAbsent(-1, 5);
        assertThat(table.isWritten()).isFalse();
        assertThat(table.mustReplace()).isFalse();
        keep(table);
        assertThat(kept.get(1).length).isLessThan(whole / 100);

        for (int i = 0; i < 2_000; i++) {
            table.addIfAbsent(-2 - i, 6);
        }
        assertThat(table.mustReplace()).isTrue();
    }

    @Test
    void dropBefore_theEndOfTime_leavesNothing_andLittleRoom() {
        EventIdTable table = filled(10_000);
        table.dropBefore(Long.MAX_VALUE);

        assertThat(table.size()).isZero();
        assertThat(table.heapBytes()).isLessThan(500);
        assertThat(table.addIfAbsent(3, 1)).isTrue();
    }

    @Test
    void heapBytes_atMost64AnId() {
        EventIdTable table = filled(100_000);
        assertThat(table.heapBytes()).isBetween(32 * 100_000, 64 * 100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1_000, 32_767, 32_768, 40_000, 65_535, 99_999})
    void dropBefore_leavesAtMost128BytesAnId(int kept) {
        EventIdTable table = filled(100_000);
        table.dropBefore(100_000 - kept);

        assertThat(table.size()).isEqualTo(kept);
        assertThat(table.heapBytes()).isBetween(32 * kept, 128 * kept + 96);
    }

    @Test
    void unknownFormat_isRefused_withTheRemedy() {
        byte[] part = {7, 0};
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new EventIdTable().readMore(in(part)))
                .withMessageContaining("format 7")
                .withMessageContaining("release that wrote them");
    }

    private static EventIdTable filled(int ids) {
        EventIdTable table = new EventIdTable();
        for (int i = 0; i < ids; i++) {
            table.addIfAbsent(i * 0x9E3779B97F4A7C15L, i);
        }
        return table;
    }

    /** As the operator does: another part, or one in place of all. */
    private void keep(EventIdTable table) throws IOException {
        if (table.mustReplace()) {
            kept.clear();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        kept.add(bytes.toByteArray());
    }

    private EventIdTable read() throws IOException {
        EventIdTable table = new EventIdTable();
        for (byte[] part : kept) {
            table.readMore(in(part));
        }
        return table;
    }

    private static DataInputStream in(byte[] part) {
        return new DataInputStream(new ByteArrayInputStream(part));
    }

    private static void requireHeld(EventIdTable table, Map<Long, Long> expected) {
        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(table.isWritten()).isTrue();
        expected.keySet().forEach(hash -> assertThat(table.addIfAbsent(hash, 0)).isFalse());
    }
}
