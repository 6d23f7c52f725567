// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** A partition whose start is its end needs no broker: the reader finds it read at once. */
class ReadingSplitReaderTest {
    private static final KafkaPartitionSplit READ =
            new KafkaPartitionSplit(new TopicPartition("clickstream", 0), 7, 7);
    private static final KafkaPartitionSplit UNREAD =
            new KafkaPartitionSplit(new TopicPartition("clickstream", 1), 7, 9);

    private final SourceReaderContext context = new FirstSubtask();
    private final KafkaSourceReaderMetrics metrics =
            new KafkaSourceReaderMetrics(context.metricGroup());

    @Test
    void partitionReadToItsEnd_isNeitherPausedNorResumed() throws Exception {
        ReadingSplitReader reader = new ReadingSplitReader(consumer(), context, metrics);
        readOne(reader);

        reader.pauseOrResumeSplits(List.of(READ, UNREAD), List.of());
        reader.pauseOrResumeSplits(List.of(), List.of(UNREAD, READ));

        reader.close();
    }

    /** Once this fails the connector has mended it: ReadingSplitReader and EventReaders can go. */
    @Test
    void partitionReadToItsEnd_pausedInTheConnectorsOwnReader_fails() throws Exception {
        KafkaPartitionSplitReader reader =
                new KafkaPartitionSplitReader(consumer(), context, metrics);
        readOne(reader);

        assertThatThrownBy(() -> reader.pauseOrResumeSplits(List.of(READ), List.of()))
                .hasMessageContaining("No current assignment for partition clickstream-0");

        reader.close();
    }

    private static void readOne(KafkaPartitionSplitReader reader) throws Exception {
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(READ, UNREAD)));
        reader.wakeUp();
        assertThat(reader.fetch().finishedSplits()).containsExactly(READ.splitId());
    }

    private static Properties consumer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "localhost:1");
        properties.put("client.id.prefix", "test");
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return properties;
    }

    /** Knows its number and its metrics; nothing else is asked for. */
    private static final class FirstSubtask implements SourceReaderContext {
        @Override
        public SourceReaderMetricGroup metricGroup() {
            return InternalSourceReaderMetricGroup.mock(new UnregisteredMetricsGroup());
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public Configuration getConfiguration() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getLocalHostName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendSplitRequest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }
}
