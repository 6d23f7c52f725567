// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadRowTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void of_windowWithoutAnEvent_countsInTheRateAndHasNoCost() {
        LoadRow row =
                row(
                        new Repetition(10 * SECOND, 0, 8 * SECOND),
                        new Repetition(10 * SECOND, 2_000_000, 12 * SECOND),
                        new Repetition(10 * SECOND, 3_000_000, 12 * SECOND));

        assertThat(row.eventsPerSecond()).isEqualTo(200_000);
        assertThat(row.eventsPerSecondMin()).isZero();
        assertThat(row.cpuSecondsPerMillionMin()).isEqualTo(4);
        assertThat(row.cpuSecondsPerMillion()).isEqualTo(5);
        assertThat(row.cpuSecondsPerMillionMax()).isEqualTo(6);
        assertThat(row.repetitions()).isEqualTo(3);
    }

    @Test
    void of_noEventAtAll_refusedWithTheVariant() {
        assertThatThrownBy(() -> row(new Repetition(10 * SECOND, 0, SECOND)))
                .hasMessageContaining("whole-job")
                .hasMessageContaining("no event was read");
    }

    private static LoadRow row(Repetition... repetitions) {
        VariantRun.Result result = new VariantRun.Result(List.of(repetitions), false, Map.of());
        return LoadRow.of("growth", "whole-job", result, Map.of(), Map.of());
    }
}
