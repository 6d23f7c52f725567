// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RunnableFuture;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;

/** Key groups of raw state as an operator writes them into a checkpoint, and as Flink hands them to it again. */
final class CarriedParts {
    private static final int MOST_BYTES = 1 << 26;

    private CarriedParts() {}

    /** Of what was copied to its end. */
    static List<KeyGroupStatePartitionStreamProvider> of(int keyGroups, CarriedBytes carried)
            throws Exception {
        RunnableFuture<SnapshotResult<KeyedStateHandle>> future =
                new CarriedSnapshot(
                                carried,
                                () -> {},
                                new MemCheckpointStreamFactory(MOST_BYTES),
                                KeyGroupRange.of(0, keyGroups - 1))
                        .toAsyncSnapshotFutureTask(new CloseableRegistry());
        future.run();
        List<KeyGroupStatePartitionStreamProvider> parts = new ArrayList<>();
        if (future.get().getJobManagerOwnedSnapshot() instanceof KeyGroupsStateHandle handle) {
            for (int keyGroup = 0; keyGroup < keyGroups; keyGroup++) {
                long offset = handle.getOffsetForKeyGroup(keyGroup);
                if (offset != KeyedStateCheckpointOutputStream.NO_OFFSET_SET) {
                    FSDataInputStream stream = handle.openInputStream();
                    stream.seek(offset);
                    parts.add(new KeyGroupStatePartitionStreamProvider(stream, keyGroup));
                }
            }
        }
        return parts;
    }
}
