// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5, 1000, 5, 5, 60, , calibrate.min-k, '1'",
        "6, 5, 1000, 5, 5, 60, , calibrate.max-k, no K to try",
        "2, 500, 1000, 5, 5, 60, , calibrate.max-k, from 2 to 100",
        "2, 5, 50, 5, 5, 60, , calibrate.sample, from 100 to 20000",
        "2, 5, 1000, 0, 5, 60, , calibrate.seeds, '0'",
        "2, 5, 1000, 5, 1, 60, , calibrate.bootstraps, '1'",
        "2, 80, 1000, 5, 5, 60, , calibrate.micro-clusters, less than calibrate.max-k",
        "2, 5, 1000, 5, 5, 60, 7, calibrate.chosen-k, widen the range"
    })
    void options_thatCannotWork_areRefusedNamingKeyAndRemedy(
            int minK,
            int maxK,
            int sample,
            int seeds,
            int bootstraps,
            int microClusters,
            Integer k,
            String key,
            String reason) {
        OptionalInt chosen = k == null ? OptionalInt.empty() : OptionalInt.of(k);

        assertThatThrownBy(
                        () ->
                                new CalibrationOptions(
                                        minK,
                                        maxK,
                                        sample,
                                        seeds,
                                        bootstraps,
                                        microClusters,
                                        OptionalInt.empty(),
                                        chosen,
                                        7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": '")
                .hasMessageContaining(reason);
    }

    @Test
    void calibrator_fewerUsersThanTheRangeNeeds_saysHowFarItMayGo() {
        Points points = Clouds.box(57, 2, 1);

        assertThatThrownBy(() -> new Calibrator(points, false, Clouds.options(2, 12)))
                .hasMessageStartingWith("calibrate.max-k: '12' is too large for 57 users")
                .hasMessageContaining("use at most 5");
    }

    @Test
    void calibrator_hardlyAnyUsers_asksForMore() {
        Points points = Clouds.box(9, 2, 1);

        assertThatThrownBy(() -> new Calibrator(points, false, Clouds.options(2, 12)))
                .hasMessageContaining("needs 20 users at least, and there are 9")
                .hasMessageContaining("give more events");
    }

    @Test
    void calibrator_usersAllTheSame_asksForOtherFeatures() {
        Points points = new Points(new double[400], 2);

        assertThatThrownBy(() -> new Calibrator(points, false, Clouds.options(2, 12)))
                .hasMessageContaining("only 1 different vectors")
                .hasMessageContaining("choose features that tell users apart");
    }
}
