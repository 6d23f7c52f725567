// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.AsyncSnapshotCallable;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.DefaultOperatorStateBackend;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;

/**
 * The asynchronous part of a checkpoint of an operator whose state is some bytes: raw operator state of one piece,
 * which only one subtask can have. Flink's managed operator state is written byte by byte, whatever its serializer
 * does (its stream for compression, 2.2, knows no other way).
 */
public final class WholeSnapshot
        extends AsyncSnapshotCallable<SnapshotResult<OperatorStateHandle>> {
    private final DataOutputSerializer bytes;
    private final CheckpointStreamFactory files;

    /** Of bytes that nobody changes any more; there must be some. */
    public WholeSnapshot(DataOutputSerializer bytes, CheckpointStreamFactory files) {
        this.bytes = bytes;
        this.files = files;
    }

    /** What was written, to be read at once; empty if nothing was. */
    public static Optional<DataInputStream> read(StateInitializationContext context)
            throws IOException {
        Iterator<StatePartitionStreamProvider> parts =
                context.getRawOperatorStateInputs().iterator();
        return parts.hasNext()
                ? Optional.of(
                        new DataInputStream(new BufferedInputStream(parts.next().getStream())))
                : Optional.empty();
    }

    @Override
    protected SnapshotResult<OperatorStateHandle> callInternal() throws Exception {
        try (CheckpointStateOutputStream out =
                files.createCheckpointStateOutputStream(CheckpointedStateScope.EXCLUSIVE)) {
            snapshotCloseableRegistry.registerCloseable(out);
            long[] start = {out.getPos()};
            out.write(bytes.getSharedBuffer(), 0, bytes.length());
            return SnapshotResult.of(
                    new OperatorStreamStateHandle(
                            Map.of(
                                    DefaultOperatorStateBackend.DEFAULT_OPERATOR_STATE_NAME,
                                    new OperatorStateHandle.StateMetaInfo(
                                            start, OperatorStateHandle.Mode.SPLIT_DISTRIBUTE)),
                            out.closeAndGetHandle()));
        }
    }

    @Override
    protected void cleanupProvidedResources() {}
}
