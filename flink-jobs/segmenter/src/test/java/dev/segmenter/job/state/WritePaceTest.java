// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritePaceTest {
    private static final int USERS = 100;
    private static final int ACCESSES = 1_000;

    private long now;

    @ParameterizedTest
    @CsvSource({"0, 1", "0.25, 3", "0.5, 5", "0.75, 7", "0.99, 8"})
    void firstTurn_isWhereThePhasePutsIt_andOneEachEightCheckpoints(double phase, int first) {
        WritePace pace =
                new WritePace(
                        Duration.ofSeconds(10), Duration.ofMillis(500), 1 << 30, phase, () -> now);
        List<Integer> turns = new ArrayList<>();
        for (int checkpoint = 1; checkpoint <= 24; checkpoint++) {
            pace.onCheckpoint(USERS);
            now += 10_000;
            if (isDue(pace)) {
                turns.add(checkpoint);
                pace.looked(USERS);
            }
            assertThat(isDue(pace)).isFalse();
        }

        assertThat(turns).containsExactly(first, first + 8, first + 16);
    }

    private static boolean isDue(WritePace pace) {
        boolean due = false;
        for (int access = 0; access < ACCESSES; access++) {
            due |= pace.isDue(USERS);
        }
        return due;
    }
}
