// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final Pace PACE = new Pace(1_000, 100_000, 10);

    @Test
    void dueAt_past_passesFasterThanTheClock() {
        assertThat(PACE.dueAt(1_000)).isEqualTo(100_000);
        assertThat(PACE.dueAt(21_000)).isEqualTo(102_000);
    }

    @Test
    void dueAt_onceItMeetsTheClock_isNeverFromTheFuture() {
        assertThat(PACE.dueAt(110_000)).isEqualTo(110_900);
        assertThat(PACE.dueAt(200_000)).isEqualTo(200_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void pace_impossibleSpeed_refused(double speed) {
        assertThatThrownBy(() -> new Pace(0, 0, speed)).hasMessageContaining("speed: '" + speed);
    }
}
