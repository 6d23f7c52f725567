// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Reads the partitions of a state, and refuses for good those of the other mode. */
final class CheckedSplits implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    private final KafkaPartitionSplitSerializer serializer = new KafkaPartitionSplitSerializer();
    private final boolean isReplay;

    CheckedSplits(Boundedness boundedness) {
        this.isReplay = boundedness == Boundedness.BOUNDED;
    }

    @Override
    public int getVersion() {
        return serializer.getVersion();
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        return serializer.serialize(split);
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
        KafkaPartitionSplit split = serializer.deserialize(version, bytes);
        if (split.getStoppingOffset().isPresent() != isReplay) {
            throw new SuppressRestartsException(new IllegalStateException(refusal(split)));
        }
        return split;
    }

    private String refusal(KafkaPartitionSplit split) {
        return isReplay
                ? "mode: 'replay' cannot go on from a live job's savepoint, which gives "
                        + split.splitId()
                        + " no end; start the replay without it"
                : "mode: 'live' cannot go on from a replay's savepoint, which gives "
                        + split.splitId()
                        + " an end; start live without it, from the earliest offset, with changes.emit-from";
    }
}
