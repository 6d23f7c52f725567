// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DriftScoreTest {
    @Test
    void score_tenBatches_areNeededForAHistory() {
        DriftScore drift = new DriftScore();
        for (int i = 0; i < DriftScore.LEAST_HISTORY; i++) {
            drift.observe(i % 2, 1);
            assertThat(drift.score()).isEmpty();
        }

        drift.observe(3, 1);

        // Ten values 0, 1, 0, 1 ...: mean 0.5, deviation 0.5.
        assertThat(drift.score().orElseThrow()).isCloseTo(5, within(1e-12));
    }

    @Test
    void score_constantHistory_isZero() {
        DriftScore drift = new DriftScore();
        for (int i = 0; i < 20; i++) {
            drift.observe(4, 0.9);
        }

        assertThat(drift.score()).hasValue(0);
    }

    @Test
    void reset_history_startsAnew() {
        DriftScore drift = new DriftScore();
        for (int i = 0; i < 20; i++) {
            drift.observe(i, 0.9);
        }

        drift.reset();
        drift.observe(1, 0.9);

        assertThat(drift.score()).isEmpty();
    }
}
