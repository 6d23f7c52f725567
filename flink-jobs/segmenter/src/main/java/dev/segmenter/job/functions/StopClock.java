// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.ClickEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Ends the clock where the events end. A bounded source and a draining stop end with the greatest
 * watermark there is, which would fire every timer and let every user expire: a replay gets its end
 * time instead, a live job nothing.
 */
public final class StopClock extends AbstractStreamOperator<ClickEvent>
        implements OneInputStreamOperator<ClickEvent, ClickEvent> {
    private static final long serialVersionUID = 1L;

    private final Long replayEnd;

    /** The replay's end is an event time in ms, null when live. */
    public StopClock(Long replayEnd) {
        this.replayEnd = replayEnd;
    }

    @Override
    public void processElement(StreamRecord<ClickEvent> event) {
        output.collect(event);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            super.processWatermark(mark);
        } else if (replayEnd != null) {
            super.processWatermark(new Watermark(replayEnd));
        }
    }
}
