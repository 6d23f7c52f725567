// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import org.apache.flink.runtime.state.AsyncSnapshotCallable;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.util.function.ThrowingRunnable;

/** The asynchronous part of a checkpoint that carries users: writes to a file what the task copies meanwhile. */
public final class CarriedSnapshot extends AsyncSnapshotCallable<SnapshotResult<KeyedStateHandle>> {
    private final CarriedBytes carried;
    private final ThrowingRunnable<IOException> rest;
    private final CheckpointStreamFactory files;
    private final KeyGroupRange keyGroups;
    private final Thread task = Thread.currentThread();

    /** To be made in the task's thread; the rest is what it has yet to copy. */
    public CarriedSnapshot(
            CarriedBytes carried,
            ThrowingRunnable<IOException> rest,
            CheckpointStreamFactory files,
            KeyGroupRange keyGroups) {
        this.carried = carried;
        this.rest = rest;
        this.files = files;
        this.keyGroups = keyGroups;
    }

    @Override
    protected SnapshotResult<KeyedStateHandle> callInternal() throws Exception {
        // Whoever does this part in the task's own thread, as Flink's test harnesses do, would wait
        // for himself.
        if (Thread.currentThread() == task) {
            rest.run();
        }
        try (CheckpointStateOutputStream out =
                files.createCheckpointStateOutputStream(CheckpointedStateScope.EXCLUSIVE)) {
            snapshotCloseableRegistry.registerCloseable(out);
            return SnapshotResult.of(carried.writeTo(out, keyGroups));
        }
    }

    @Override
    protected void cleanupProvidedResources() {
        carried.abandon();
    }
}
