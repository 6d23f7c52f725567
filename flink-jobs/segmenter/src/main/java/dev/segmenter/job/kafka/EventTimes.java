// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import dev.segmenter.job.config.SegmenterConfig;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Watermarks per partition: its greatest event time less the disorder; refused records move nothing. */
public final class EventTimes {
    private static final Duration ALIGNMENT_UPDATE = Duration.ofMillis(100);

    private EventTimes() {}

    public static WatermarkStrategy<SourceRecord> strategy(SegmenterConfig config) {
        long disorder = config.disorder().toMillis();
        WatermarkStrategy<SourceRecord> strategy =
                WatermarkStrategy.<SourceRecord>forGenerator(context -> new Bounded(disorder))
                        .withTimestampAssigner(
                                (record, kafkaTime) ->
                                        record.isEvent() ? record.eventTime() : Long.MIN_VALUE);
        if (config.alignmentDrift().isPresent()) {
            strategy =
                    strategy.withWatermarkAlignment(
                            "clickstream", config.alignmentDrift().get(), ALIGNMENT_UPDATE);
        }
        return config.idleTimeout().isPresent()
                ? strategy.withIdleness(config.idleTimeout().get())
                : strategy;
    }

    /** Greatest event time - disorder - 1 ms: nothing at or before it is still to come in time. */
    static final class Bounded implements WatermarkGenerator<SourceRecord> {
        private final long disorder;
        private long greatest = Long.MIN_VALUE;

        Bounded(long disorder) {
            this.disorder = disorder;
        }

        @Override
        public void onEvent(SourceRecord record, long timestamp, WatermarkOutput output) {
            if (record.isEvent()) {
                greatest = Math.max(greatest, timestamp);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (greatest != Long.MIN_VALUE) {
                output.emitWatermark(new Watermark(greatest - disorder - 1));
            }
        }
    }
}
