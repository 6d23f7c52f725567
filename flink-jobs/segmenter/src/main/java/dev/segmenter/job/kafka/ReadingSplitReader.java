// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Pauses and resumes only partitions that it still reads. One that has been read to its end is given back
 * at once, but watermark alignment may pause it until its last records are processed; the connector's own
 * reader then fails (FLINK-39728, open in connector 5.0).
 */
final class ReadingSplitReader extends KafkaPartitionSplitReader {
    private final Set<String> reading = new HashSet<>();

    ReadingSplitReader(
            Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        super(properties, context, metrics);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        super.handleSplitsChanges(change);
        change.splits().forEach(split -> reading.add(split.splitId()));
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = super.fetch();
        reading.removeAll(records.finishedSplits());
        return records;
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
        super.pauseOrResumeSplits(stillRead(toPause), stillRead(toResume));
    }

    private List<KafkaPartitionSplit> stillRead(Collection<KafkaPartitionSplit> splits) {
        return splits.stream().filter(split -> reading.contains(split.splitId())).toList();
    }
}
