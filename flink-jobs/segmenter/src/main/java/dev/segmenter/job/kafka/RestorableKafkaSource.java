// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A KafkaSource that is restored only as what it was. A partition keeps the end it was given at the first
 * start: a replay's savepoint would make a live job stop reading there without a word, a live job's
 * would make a replay without an end.
 */
class RestorableKafkaSource<T> implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<T> source;

    RestorableKafkaSource(KafkaSource<T> source) {
        this.source = source;
    }

    @Override
    public final Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public final SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        return source.createReader(context);
    }

    @Override
    public final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
            throws IOException {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public final SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new CheckedSplits(source.getBoundedness());
    }

    @Override
    public final SimpleVersionedSerializer<KafkaSourceEnumState>
            getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }
}
