// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void defaults_areThoseOfTheDesign() {
        assertThat(Guards.DEFAULTS)
                .isEqualTo(new Guards(0.30, Duration.ofDays(2), Duration.ofHours(6)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1, 1.5, Double.NaN})
    void margin_outsideZeroToOne_isRefusedByKeyAndValue(double margin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guards(margin, DAY, Duration.ZERO))
                .withMessageContaining("guards.margin")
                .withMessageContaining(Double.toString(margin));
    }

    @Test
    void durations_negative_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guards(0, DAY.negated(), Duration.ZERO))
                .withMessageContaining("guards.stay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guards(0, DAY, DAY.negated()))
                .withMessageContaining("guards.confirmation");
    }

    @Test
    void confirmation_longerThanStay_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guards(0, DAY, DAY.plusMillis(1)))
                .withMessageContaining("guards.confirmation")
                .withMessageContaining("guards.stay");
    }

    @Test
    void confirmation_withoutStay_mayBeAnyLength() {
        assertThat(new Guards(0, Duration.ZERO, DAY).confirmation()).isEqualTo(DAY);
        assertThat(new Guards(0, DAY, DAY).confirmation()).isEqualTo(DAY);
    }

    @Test
    void largestWindow_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AssignOptions(Guards.OFF, 0, DAY.negated()))
                .withMessageContaining("largest window");
    }
}
