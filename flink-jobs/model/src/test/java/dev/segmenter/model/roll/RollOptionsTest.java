// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollOptionsTest {
    @Test
    void defaults_asDocumented() {
        assertThat(RollOptions.defaults())
                .isEqualTo(
                        new RollOptions(
                                Duration.ofHours(1),
                                64,
                                Duration.ofMinutes(30),
                                Duration.ofDays(90),
                                Duration.ofDays(1),
                                600,
                                256,
                                Duration.ofHours(24)));
    }

    @ParameterizedTest
    @CsvSource({
        "users.dedup, PT0S, 64, PT30M, P90D, P1D, 600, 256, PT24H",
        "users.dedup-capacity, PT1H, 0, PT30M, P90D, P1D, 600, 256, PT24H",
        "users.session-gap, PT1H, 64, PT-1M, P90D, P1D, 600, 256, PT24H",
        "users.exit-after, PT1H, 64, PT30M, PT0.5S, P1D, 600, 256, PT24H",
        "model.vote-interval, PT1H, 64, PT30M, P90D, P40000D, 600, 256, PT24H",
        "users.quota-per-minute, PT1H, 64, PT30M, P90D, P1D, 0, 256, PT24H",
        "users.distinct-capacity, PT1H, 64, PT30M, P90D, P1D, 600, 15, PT24H",
        "users.max-session, PT1H, 64, PT30M, P90D, P1D, 600, 256, PT29M",
    })
    void create_impossibleValue_refusedByKey(
            String key,
            Duration dedup,
            int dedupCapacity,
            Duration sessionGap,
            Duration exitAfter,
            Duration voteInterval,
            int quota,
            int distinctCapacity,
            Duration maxSession) {
        assertThatThrownBy(
                        () ->
                                new RollOptions(
                                        dedup,
                                        dedupCapacity,
                                        sessionGap,
                                        exitAfter,
                                        voteInterval,
                                        quota,
                                        distinctCapacity,
                                        maxSession))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": '")
                .hasMessageContaining("; give ");
    }
}
