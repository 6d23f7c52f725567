// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerOptionsTest {
    private static TrainerOptions options(
            int k, String measure, Duration batch, Duration snapshot, Duration halfLife) {
        return new TrainerOptions(
                "shop",
                k,
                measure,
                Duration.ofDays(1),
                batch,
                snapshot,
                halfLife,
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                5000,
                10_000,
                20,
                0.2,
                1);
    }

    private static TrainerOptions intervals(long batchHours, long snapshotHours, long days) {
        return options(
                3,
                "euclidean",
                Duration.ofHours(batchHours),
                Duration.ofHours(snapshotHours),
                Duration.ofDays(days));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void new_fewerThanTwoSegments_isRefused(int k) {
        assertThatThrownBy(
                        () ->
                                options(
                                        k,
                                        "euclidean",
                                        Duration.ofHours(1),
                                        Duration.ofHours(1),
                                        Duration.ofDays(10)))
                .hasMessage("model.k: '" + k + "' is not possible; use at least 2 segments");
    }

    @Test
    void new_manhattan_isRefusedWithTheReason() {
        assertThatThrownBy(
                        () ->
                                options(
                                        3,
                                        "manhattan",
                                        Duration.ofHours(1),
                                        Duration.ofHours(1),
                                        Duration.ofDays(10)))
                .hasMessageContaining("means do not minimise it");
    }

    @Test
    void new_batchOverATwentiethOfTheHalfLife_isRefused() {
        assertThatCode(() -> intervals(12, 12, 10)).doesNotThrowAnyException();
        assertThatThrownBy(() -> intervals(13, 13, 10))
                .hasMessageContaining("model.batch-interval: 'PT13H'")
                .hasMessageContaining("a twentieth of model.half-life");
    }

    @Test
    void new_snapshotOffTheBatchGrid_isRefused() {
        assertThatThrownBy(() -> intervals(2, 3, 10))
                .hasMessageContaining("model.snapshot-interval: 'PT3H'")
                .hasMessageContaining("a multiple of model.batch-interval (PT2H)");
    }

    @Test
    void requireFit_halfLifeUnderTheLargestWindow_isRefused() {
        assertThatCode(() -> TrainerOptions.requireFit(intervals(1, 1, 4), Votes.TWO))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TrainerOptions.requireFit(intervals(1, 1, 3), Votes.TWO))
                .hasMessageContaining("model.half-life: 'PT72H'")
                .hasMessageContaining("PT96H");
    }

    @Test
    void new_shadows_areTheNeighboursOfKUnlessGiven() {
        assertThat(intervals(1, 1, 10).shadowKs()).containsExactly(2, 4);
        assertThat(Votes.withShadows(intervals(1, 1, 10), 9, 4).shadowKs()).containsExactly(4, 9);
        assertThat(Votes.withShadows(intervals(1, 1, 10)).shadowKs()).isEmpty();
        assertThat(TrainerOptions.neighboursOf(2)).containsExactly(3);
    }

    @Test
    void new_shadowOfOneSegmentOfKTwiceOrTooMany_isRefused() {
        TrainerOptions three = intervals(1, 1, 10);
        assertThatThrownBy(() -> Votes.withShadows(three, 1))
                .hasMessageContaining("model.shadow-k: '[1]'")
                .hasMessageContaining("from 2 on, none of them model.k (3)");
        assertThatThrownBy(() -> Votes.withShadows(three, 3)).hasMessageContaining("[3]");
        assertThatThrownBy(() -> Votes.withShadows(three, 4, 4)).hasMessageContaining("different");
        assertThatThrownBy(() -> Votes.withShadows(three, 4, 5, 6, 7, 8, 9, 10, 11, 12))
                .hasMessageContaining("at most 8");
    }

    @Test
    void new_speedUpBelowOne_isRefused() {
        assertThatThrownBy(() -> DriftingVotes.options(0.5, List.of(), 1))
                .hasMessageContaining("model.drift-speed-up: '0.5'");
        assertThatThrownBy(() -> DriftingVotes.options(Double.NaN, List.of(), 1))
                .hasMessageContaining("model.drift-speed-up: 'NaN'");
    }
}
