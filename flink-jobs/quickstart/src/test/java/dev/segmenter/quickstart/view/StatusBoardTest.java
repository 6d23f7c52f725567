// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.quickstart.output.SegmentBoard.Figures;
import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
    private final Map<String, Long> counters = new HashMap<>();
    private final StatusBoard status =
            new StatusBoard(
                    name -> counters.getOrDefault(name, 0L), 1_000L, DefaultFeatures.shop());

    @Test
    void at_steadyStream_givesItsRateAndProgress() {
        ViewState state = null;
        for (int second = 0; second <= 20; second++) {
            counters.put(MetricNames.EVENTS_READ, second * 25L);
            state = status.at(Duration.ofSeconds(second), figures(10, 30));
        }

        assertThat(state.eventsPerSecond()).isCloseTo(25, within(1e-9));
        assertThat(state.progress()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void at_streamThatStopped_rateFallsToZeroWithinSeconds() {
        status.at(Duration.ZERO, figures(1, 1));
        counters.put(MetricNames.EVENTS_READ, 500L);
        ViewState state = null;
        for (int second = 1; second <= 8; second++) {
            state = status.at(Duration.ofSeconds(second), figures(1, 1));
        }

        assertThat(state.eventsPerSecond()).isZero();
    }

    @Test
    void at_firstMoment_hasNoRateAndNoTrend() {
        counters.put(MetricNames.EVENTS_READ, 500L);
        ViewState state = status.at(Duration.ofSeconds(4), figures(10, 30));

        assertThat(state.eventsPerSecond()).isZero();
        assertThat(state.segments()).extracting(SegmentRow::trend).containsExactly(0L, 0L);
    }

    @Test
    void at_segmentsThatGrow_showsShareAndTrendAgainstHalfAMinuteAgo() {
        status.at(Duration.ofSeconds(0), figures(500, 500));
        status.at(Duration.ofSeconds(20), figures(10, 30));
        ViewState state = status.at(Duration.ofSeconds(45), figures(25, 75));

        assertThat(state.segments())
                .containsExactly(
                        new SegmentRow(1, "a", 25, 0.25, 15, List.of("buys often")),
                        new SegmentRow(2, "b", 75, 0.75, 45, List.of()));
    }

    @Test
    void at_undecodableRecords_countAsInvalid() {
        counters.put(MetricNames.INVALID, 2L);
        counters.put(MetricNames.UNDECODABLE, 3L);

        assertThat(status.at(Duration.ZERO, figures(1, 1)).refusals().invalid()).isEqualTo(5);
    }

    private static Figures figures(long first, long second) {
        return new Figures(
                first + second,
                first + second,
                1,
                1,
                false,
                null,
                null,
                List.of(
                        new Segment(1, "a", first, List.of("buys often")),
                        new Segment(2, "b", second, List.of())),
                Map.of(),
                List.of());
    }
}
