// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.ClickEvent;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StopClockTest {
    private static final long END = 1_000;

    @Test
    void replay_endsAtItsEndTime() throws Exception {
        assertThat(watermarks(END)).containsExactly(500L, END);
    }

    @Test
    void live_drainMovesNoClock() throws Exception {
        assertThat(watermarks(null)).containsExactly(500L);
    }

    @Test
    void events_passUnchanged() throws Exception {
        try (OneInputStreamOperatorTestHarness<ClickEvent, ClickEvent> harness = harness(null)) {
            ClickEvent event = ClickEvent.erasure("ada", 7);
            harness.processElement(new StreamRecord<>(event, 5));

            assertThat(harness.getOutput()).containsExactly(new StreamRecord<>(event, 5));
        }
    }

    private static List<Long> watermarks(Long replayEnd) throws Exception {
        try (OneInputStreamOperatorTestHarness<ClickEvent, ClickEvent> harness =
                harness(replayEnd)) {
            harness.processWatermark(500);
            harness.processWatermark(Watermark.MAX_WATERMARK);
            return harness.getOutput().stream()
                    .map(mark -> ((Watermark) mark).getTimestamp())
                    .toList();
        }
    }

    private static OneInputStreamOperatorTestHarness<ClickEvent, ClickEvent> harness(Long replayEnd)
            throws Exception {
        OneInputStreamOperatorTestHarness<ClickEvent, ClickEvent> harness =
                new OneInputStreamOperatorTestHarness<>(new StopClock(replayEnd));
        harness.open();
        return harness;
    }
}
