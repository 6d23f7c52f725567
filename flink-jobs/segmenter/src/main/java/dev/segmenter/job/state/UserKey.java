// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackendLoader;

/**
 * The key that Flink's keyed state and timers act on. It is set by whoever is about to touch one of them,
 * and not with each record: hashing and serializing it would be most of what a cached user costs.
 */
public final class UserKey {
    private final KeyedStateBackend<String> backend;
    private final int keyGroups;
    private final KeyGroupRange range;

    public UserKey(KeyedStateBackend<String> backend, RuntimeContext context) {
        this.backend = backend;
        TaskInfo task = context.getTaskInfo();
        this.keyGroups = task.getMaxNumberOfParallelSubtasks();
        this.range =
                KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                        keyGroups,
                        task.getNumberOfParallelSubtasks(),
                        task.getIndexOfThisSubtask());
    }

    public void set(String userId) {
        if (!userId.equals(backend.getCurrentKey())) {
            backend.setCurrentKey(userId);
        }
    }

    /** In whose order the state below lies; of users whose id has this hash. */
    int keyGroupOf(int idHash) {
        return KeyGroupRangeAssignment.computeKeyGroupForKeyHash(idHash, keyGroups);
    }

    /** Of all subtasks. */
    int keyGroups() {
        return keyGroups;
    }

    /** Of this subtask. */
    public KeyGroupRange keyGroupRange() {
        return range;
    }

    /** True if the state below consists of objects on the heap. */
    boolean isOnHeap() {
        return StateBackendLoader.HASHMAP_STATE_BACKEND_NAME.equals(
                backend.getBackendTypeIdentifier());
    }
}
