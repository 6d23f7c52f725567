// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.ClickEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The greatest event time of a bounded input, told at its end; nothing without events. */
public final class LatestEventTime extends AbstractStreamOperator<Long>
        implements OneInputStreamOperator<ClickEvent, Long> {
    private static final long serialVersionUID = 1L;

    private transient Long latest;

    @Override
    public void processElement(StreamRecord<ClickEvent> element) {
        ClickEvent event = element.getValue();
        if (!event.erasure() && (latest == null || event.time() > latest)) {
            latest = event.time();
        }
    }

    @Override
    public void finish() throws Exception {
        if (latest != null) {
            output.collect(new StreamRecord<>(latest));
        }
        super.finish();
    }
}
