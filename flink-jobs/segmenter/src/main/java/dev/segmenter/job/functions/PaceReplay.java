// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.kafka.SourceRecord;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Holds a replay's events back so that event time passes at a multiple of the wall clock. */
public final class PaceReplay extends ProcessFunction<SourceRecord, SourceRecord> {
    private static final long serialVersionUID = 1L;

    // Short, so that checkpoint barriers never wait long behind a sleep.
    private static final long LONGEST_SLEEP_MILLIS = 20;

    private final double speedUp;
    private transient boolean started;
    private transient long firstEventTime;
    private transient long startedAt;

    public PaceReplay(double speedUp) {
        this.speedUp = speedUp;
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<SourceRecord> out)
            throws InterruptedException {
        if (record.isEvent()) {
            TimerService clock = context.timerService();
            if (!started) {
                started = true;
                firstEventTime = record.eventTime();
                startedAt = clock.currentProcessingTime();
            }
            long due = startedAt + (long) ((record.eventTime() - firstEventTime) / speedUp);
            while (due > clock.currentProcessingTime()) {
                Thread.sleep(
                        Math.min(LONGEST_SLEEP_MILLIS, due - clock.currentProcessingTime() + 1));
            }
        }
        out.collect(record);
    }
}
