// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.UserValues;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Records that an operator holds back, in order, until as many are here as there are users in a group of its state:
 * then these are announced and the records processed. The operator also finishes it before whatever comes behind
 * the records: a watermark, a barrier, the end.
 */
final class RecordBundle<R> {
    /** Longer than a bundle takes to fill where it matters, shorter than a network buffer may wait. */
    static final long HELD_MS = 5;

    private final UserValues<?> users;
    private final ThrowingConsumer<R, Exception> work;
    private final ProcessingTimeService time;

    /** New ones for each bundle: a reference in an old array is work for the garbage collector. */
    private String[] userIds;

    private R[] records;
    private int size;
    private boolean timed;

    /** Of records that come when they like: none is held for more than some ms. */
    RecordBundle(
            UserValues<?> users, ThrowingConsumer<R, Exception> work, ProcessingTimeService time) {
        this.users = users;
        this.work = work;
        this.time = time;
        begin();
    }

    /** Of records that are here at once: whoever fills it finishes it. */
    RecordBundle(UserValues<?> users, ThrowingConsumer<R, Exception> work) {
        this(users, work, null);
    }

    private void begin() {
        userIds = new String[users.groupSize()];
        records = newRecords(users.groupSize());
        size = 0;
    }

    @SuppressWarnings("unchecked")
    private static <R> R[] newRecords(int count) {
        return (R[]) new Object[count];
    }

    /** The timer's future tells nothing: an error in it fails the task. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void add(String userId, R record) throws Exception {
        userIds[size] = userId;
        records[size++] = record;
        if (size == records.length) {
            finish();
        } else if (time != null && !timed) {
            timed = true;
            time.registerTimer(time.getCurrentProcessingTime() + HELD_MS, now -> timeIsUp());
        }
    }

    private void timeIsUp() throws Exception {
        timed = false;
        finish();
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Processes what is held. */
    void finish() throws Exception {
        if (size == 0) {
            return;
        }
        R[] these = records;
        int count = size;
        if (count > 1) {
            users.announce(userIds, count);
        }
        begin();
        for (int i = 0; i < count; i++) {
            work.accept(these[i]);
        }
    }
}
