// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
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
 * would make a replay without an end. The enumerator's state names every partition with its end, also
 * those that have been read. (Once the source has ended it has no state any more: see StopClock.)
 */
class RestorableKafkaSource<T> implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<T> source;
    private final EventReaders<T> readers;

    RestorableKafkaSource(KafkaSource<T> source, EventReaders<T> readers) {
        this.source = source;
        this.readers = readers;
    }

    @Override
    public final Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public final SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        return readers.create(context);
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
        boolean isReplay = getBoundedness() == Boundedness.BOUNDED;
        Optional<String> other = splitOfOtherMode(state, isReplay);
        return other.isPresent()
                ? new RefusedRestore(refusal(isReplay, other.get()), state)
                : source.restoreEnumerator(context, state);
    }

    @Override
    public final SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public final SimpleVersionedSerializer<KafkaSourceEnumState>
            getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    private static Optional<String> splitOfOtherMode(KafkaSourceEnumState state, boolean isReplay) {
        return Stream.concat(state.assignedSplits().stream(), state.unassignedSplits().stream())
                .filter(split -> split.getStoppingOffset().isPresent() != isReplay)
                .map(KafkaPartitionSplit::splitId)
                .min(String::compareTo);
    }

    private static String refusal(boolean isReplay, String split) {
        return isReplay
                ? "mode: 'replay' cannot go on from a live job's savepoint, which gives "
                        + split
                        + " no end; start the replay without it"
                : "mode: 'live' cannot go on from a replay's savepoint, which gives "
                        + split
                        + " an end; start live without it, from the earliest offset, with changes.emit-from";
    }
}
