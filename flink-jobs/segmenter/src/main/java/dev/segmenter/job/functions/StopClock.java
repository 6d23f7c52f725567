// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.ClickEvent;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

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

    /**
     * A savepoint of a replay that had read everything deploys all tasks as finished: nothing would be
     * read, no operator opened, and the job would end at once without a word. A failure at the end of a
     * replay looks the same, but is no first attempt.
     */
    @Override
    protected void setup(
            StreamTask<?, ?> task, StreamConfig config, Output<StreamRecord<ClickEvent>> output) {
        super.setup(task, config, output);
        boolean ended = task.getEnvironment().getTaskStateManager().isTaskDeployedAsFinished();
        if (ended && task.getEnvironment().getTaskInfo().getAttemptNumber() == 0) {
            throw new SuppressRestartsException(
                    new IllegalStateException(
                            "mode: '"
                                    + (replayEnd == null ? "live" : "replay")
                                    + "' cannot go on from this savepoint, whose replay had read"
                                    + " everything; start without it, live from the earliest"
                                    + " offset with changes.emit-from"));
        }
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
