// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/** Users per segment in this subtask. Counts of all subtasks add up, also after rescaling. */
final class SegmentCounts {
    /** No segment; not counted. */
    static final int NONE = 0;

    /** Pseudo segment of the updates that wait for a model. */
    static final int WAITING = -1;

    private final ListState<long[]> state;
    // Written by the task alone, so that adding needs no atomic step; read by metric reporters.
    private final Map<Integer, AtomicLong> users = new ConcurrentHashMap<>();

    SegmentCounts(OperatorStateStore store) throws Exception {
        state =
                store.getListState(
                        new ListStateDescriptor<>(
                                "users-per-segment",
                                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        for (long[] idAndCount : state.get()) {
            add((int) idAndCount[0], idAndCount[1]);
        }
    }

    void move(int from, int to) {
        if (from != to) {
            add(from, -1);
            add(to, 1);
        }
    }

    long of(int segmentId) {
        AtomicLong count = users.get(segmentId);
        return count == null ? 0 : count.get();
    }

    /** Of segments that nobody is in nothing is kept. */
    void snapshot() throws Exception {
        state.clear();
        users.values().removeIf(count -> count.get() == 0);
        for (Map.Entry<Integer, AtomicLong> entry : new TreeMap<>(users).entrySet()) {
            state.add(new long[] {entry.getKey(), entry.getValue().get()});
        }
    }

    private void add(int segmentId, long change) {
        if (segmentId != NONE) {
            AtomicLong count = users.get(segmentId);
            if (count == null) {
                count = new AtomicLong();
                users.put(segmentId, count);
            }
            count.setOpaque(count.getPlain() + change);
        }
    }
}
