// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForgettingTest {
    @Test
    void decay_manyVotes_followsTimeHastenedOrNot() {
        assertThat(Forgetting.usual(0.05, 8).decay(1_000_000))
                .isCloseTo(Math.pow(0.5, 0.05), within(1e-15));
        assertThat(Forgetting.hastened(0.05, 8, 8).decay(1_000_000))
                .isCloseTo(Math.pow(0.5, 0.4), within(1e-15));
        assertThat(Forgetting.usual(0.05, 8).decay(0)).isEqualTo(1);
    }

    @Property
    void decay_anyBatches_neverForgetsBelowWhatVotesReplace(
            @ForAll @IntRange(min = 2, max = 20) int k,
            @ForAll @IntRange(max = 3000) int votes,
            @ForAll @DoubleRange(min = 1, max = 50) double speedUp) {
        Forgetting forgetting = Forgetting.hastened(0.05, speedUp, k);
        double floor = Forgetting.VOTES_PER_SEGMENT_IN_DRIFT * k / Math.log(2);
        double weight = 10 * floor;
        for (int batch = 0; batch < 200; batch++) {
            weight = forgetting.decay(votes) * weight + votes;
            assertThat(weight).isGreaterThanOrEqualTo(floor * (1 - 1e-12));
        }
    }
}
