// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.UserValues;
import dev.segmenter.job.state.UserValues.Moment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Timers that a watermark fires, Flink's own in groups of announced users; none is left over when it goes on. */
final class TimerBundle {
    private final UserValues<?> users;
    private final Moment work;
    private final RecordBundle<InternalTimer<String, VoidNamespace>> timers;
    private final InternalTimeServiceManager<?> service;

    TimerBundle(UserValues<?> users, Moment work, InternalTimeServiceManager<?> service) {
        this.users = users;
        this.work = work;
        this.timers =
                new RecordBundle<>(users, timer -> work.at(timer.getKey(), timer.getTimestamp()));
        this.service = service;
    }

    /** Takes a timer that Flink has fired. */
    void add(InternalTimer<String, VoidNamespace> timer) throws Exception {
        timers.add(timer.getKey(), timer);
    }

    /** Before the operator passes the watermark on. What is processed here may set timers that are due as well. */
    void fireUpTo(Watermark mark) throws Exception {
        boolean any = true;
        while (any) {
            service.advanceWatermark(mark);
            any = !timers.isEmpty();
            timers.finish();
            any |= users.fireUpTo(mark.getTimestamp(), work);
        }
    }
}
