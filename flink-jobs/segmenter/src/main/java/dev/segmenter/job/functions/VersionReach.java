// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * How many users that had been decided before the newest version of the model has met in this subtask,
 * and how many of them it moved. Counts of all subtasks add up, also after rescaling; a version meets
 * and moves a user at most once, so that moved / met is a share.
 *
 * <p>A version counts from its first decision on; users still decided by the one before no longer do.
 */
final class VersionReach {
    private final ListState<long[]> state;
    // Written by the task, read by metric reporters.
    private volatile long version;
    private final AtomicLong met = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();

    VersionReach(OperatorStateStore store) throws Exception {
        state =
                store.getListState(
                        new ListStateDescriptor<>(
                                "version-reach",
                                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        for (long[] entry : state.get()) {
            add(entry[0], entry[1], entry[2]);
        }
    }

    /** A user was decided by a version, and before that by another, 0 for none. */
    void decided(long before, long by) {
        if (before != 0 && by > before) {
            add(by, 1, 0);
        }
    }

    /** A version moved a user. */
    void moved(long by) {
        add(by, 0, 1);
    }

    /** The newest version that met a user here; 0 before the first. */
    long version() {
        return version;
    }

    long met() {
        return met.get();
    }

    long moved() {
        return moved.get();
    }

    void snapshot() throws Exception {
        state.clear();
        state.add(new long[] {version, met.get(), moved.get()});
    }

    private void add(long by, long users, long moves) {
        if (by > version) {
            version = by;
            met.set(0);
            moved.set(0);
        }
        if (by == version) {
            met.addAndGet(users);
            moved.addAndGet(moves);
        }
    }
}
