// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.kafka.SourceRecord;
import java.io.Serializable;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Holds a replay's events back so that event time passes at a multiple of the wall clock. */
public final class PaceReplay extends ProcessFunction<SourceRecord, SourceRecord> {
    private static final long serialVersionUID = 1L;

    // Short, so that checkpoint barriers never wait long behind a sleep.
    private static final long LONGEST_SLEEP_MILLIS = 20;

    /** Waits for some ms of the wall clock. */
    interface Pause extends Serializable {
        void sleep(long millis) throws InterruptedException;
    }

    private final double speedUp;
    private final Pause pause;
    private transient boolean started;
    private transient long firstEventTime;
    private transient long startedAt;

    public PaceReplay(double speedUp) {
        this(speedUp, Thread::sleep);
    }

    PaceReplay(double speedUp, Pause pause) {
        this.speedUp = speedUp;
        this.pause = pause;
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
            long wait = due - clock.currentProcessingTime();
            while (wait > 0) {
                pause.sleep(Math.min(LONGEST_SLEEP_MILLIS, wait));
                wait = due - clock.currentProcessingTime();
            }
        }
        out.collect(record);
    }
}
