// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A bounded KafkaSource that also ends after it was restored. Restored, the connector finds no new
 * partitions and then never tells its readers that there are no more splits (FLINK-31006, open in
 * connector 5.0): a replay would hang after any restart from a savepoint or a JobManager failure.
 */
final class BoundedKafkaSource<T> extends RestorableKafkaSource<T> {
    private static final long serialVersionUID = 1L;

    BoundedKafkaSource(KafkaSource<T> source, EventReaders<T> readers) {
        super(source, readers);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
            throws IOException {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored =
                super.restoreEnumerator(context, state);
        return state.initialDiscoveryFinished() ? new Ending(restored, context) : restored;
    }

    /** All partitions are known: what a reader is assigned when it registers is all it will get. */
    private static final class Ending
            implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
        private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored;
        private final SplitEnumeratorContext<KafkaPartitionSplit> context;

        Ending(
                SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored,
                SplitEnumeratorContext<KafkaPartitionSplit> context) {
            this.restored = restored;
            this.context = context;
        }

        @Override
        public void start() {
            restored.start();
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {
            restored.handleSplitRequest(subtask, host);
        }

        @Override
        public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
            restored.addSplitsBack(splits, subtask);
        }

        @Override
        public void addReader(int subtask) {
            restored.addReader(subtask);
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
            return restored.snapshotState(checkpoint);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) throws Exception {
            restored.notifyCheckpointComplete(checkpoint);
        }

        @Override
        public void close() throws IOException {
            restored.close();
        }
    }
}
