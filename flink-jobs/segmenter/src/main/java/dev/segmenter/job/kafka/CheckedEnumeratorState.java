// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * The connector's list of partitions behind a byte that says which mode wrote it, and refuses for good
 * the other mode's: once a replay has read its partitions to their ends, no split is left to tell. A list
 * from before that byte is taken as it is.
 */
final class CheckedEnumeratorState implements SimpleVersionedSerializer<KafkaSourceEnumState> {
    /** Added to the connector's version, far above any of its own. */
    private static final int MARKED = 1 << 16;

    private final SimpleVersionedSerializer<KafkaSourceEnumState> serializer;
    private final boolean isReplay;

    CheckedEnumeratorState(
            SimpleVersionedSerializer<KafkaSourceEnumState> serializer, Boundedness boundedness) {
        this.serializer = serializer;
        this.isReplay = boundedness == Boundedness.BOUNDED;
    }

    @Override
    public int getVersion() {
        return MARKED + serializer.getVersion();
    }

    @Override
    public byte[] serialize(KafkaSourceEnumState state) throws IOException {
        byte[] partitions = serializer.serialize(state);
        return ByteBuffer.allocate(partitions.length + 1)
                .put((byte) (isReplay ? 1 : 0))
                .put(partitions)
                .array();
    }

    @Override
    public KafkaSourceEnumState deserialize(int version, byte[] bytes) throws IOException {
        if (version < MARKED) {
            return serializer.deserialize(version, bytes);
        }
        if ((bytes[0] == 1) != isReplay) {
            throw new SuppressRestartsException(
                    new IllegalStateException(CheckedSplits.refusal(isReplay, "the clickstream")));
        }
        byte[] partitions = new byte[bytes.length - 1];
        ByteBuffer.wrap(bytes, 1, partitions.length).get(partitions);
        return serializer.deserialize(version - MARKED, partitions);
    }
}
