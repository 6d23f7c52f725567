// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Fails the job as soon as it starts, for good: a restart would find the same state. Not while it is
 * restored, since a failure reported before the JobManager has started is lost, and the job would wait
 * for splits for ever.
 */
final class RefusedRestore implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private final String message;
    private final KafkaSourceEnumState state;

    RefusedRestore(String message, KafkaSourceEnumState state) {
        this.message = message;
        this.state = state;
    }

    @Override
    public void start() {
        throw new SuppressRestartsException(new IllegalStateException(message));
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) {
        return state;
    }

    @Override
    public void close() {}
}
