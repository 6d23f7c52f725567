// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.UserValues;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.function.ThrowingConsumer;

/** Timers that a watermark fires, their users announced in groups; none is left over when it goes on. */
final class TimerBundle {
    private final RecordBundle<InternalTimer<String, VoidNamespace>> timers;
    private final InternalTimeServiceManager<?> service;

    TimerBundle(
            UserValues<?> users,
            ThrowingConsumer<InternalTimer<String, VoidNamespace>, Exception> work,
            InternalTimeServiceManager<?> service) {
        this.timers = new RecordBundle<>(users, work);
        this.service = service;
    }

    /** Takes a timer that has been fired. */
    void add(InternalTimer<String, VoidNamespace> timer) throws Exception {
        timers.add(timer.getKey(), timer);
    }

    /** Before the operator passes the watermark on. What is processed here may set timers that are due as well. */
    void fireUpTo(Watermark mark) throws Exception {
        service.advanceWatermark(mark);
        while (!timers.isEmpty()) {
            timers.finish();
            service.advanceWatermark(mark);
        }
    }
}
