// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KChoiceTest {
    @Test
    void of_greatestLead_wins() {
        assertThat(choice(figures(2, 0.10, 0.9), figures(3, 0.30, 0.9), figures(4, 0.20, 0.9)))
                .isEqualTo(3);
    }

    @Test
    void of_leadsThatTie_giveTheGreatestKThatIsAsStable() {
        assertThat(choice(figures(6, 0.393, 1), figures(7, 0.390, 1), figures(8, 0.381, 1)))
                .isEqualTo(8);
        assertThat(choice(figures(15, 0.132, 0.95), figures(16, 0.123, 0.91))).isEqualTo(15);
    }

    @Test
    void of_unstableLeader_givesWayToAStableOne() {
        assertThat(choice(figures(4, 0.10, 0.9), figures(12, 0.15, 0.6))).isEqualTo(4);
    }

    @Test
    void of_noneStable_takesTheLeaderAllTheSame() {
        assertThat(choice(figures(4, 0.10, 0.5), figures(12, 0.15, 0.6))).isEqualTo(12);
    }

    @Test
    void of_noStructure_takesTheMostStable() {
        assertThat(choice(figures(2, -0.02, 0.7), figures(3, 0.01, 0.8), figures(4, 0.02, 0.6)))
                .isEqualTo(3);
    }

    private static int choice(KFigures... byK) {
        return KChoice.of(List.of(byK)).k();
    }

    private static KFigures figures(int k, double excess, double stability) {
        return new KFigures(
                k, 1, List.of(1.0), 0.3 + excess, 0.3, 1, stability, 0.3, List.of(10, 5));
    }
}
