// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CheckedSplitsTest {
    private static final TopicPartition PARTITION = new TopicPartition("clickstream", 3);
    private static final KafkaPartitionSplit ENDING = new KafkaPartitionSplit(PARTITION, 5, 70);
    private static final KafkaPartitionSplit ENDLESS = new KafkaPartitionSplit(PARTITION, 5);

    private final CheckedSplits replay = new CheckedSplits(Boundedness.BOUNDED);
    private final CheckedSplits live = new CheckedSplits(Boundedness.CONTINUOUS_UNBOUNDED);

    @Test
    void splitsOfTheSameMode_areReadBack() throws IOException {
        assertThat(read(replay, ENDING)).isEqualTo(ENDING);
        assertThat(read(live, ENDLESS)).isEqualTo(ENDLESS);
    }

    @Test
    void replaysSplit_inALiveJob_isRefusedForGoodWithTheRemedy() {
        assertThatThrownBy(() -> read(live, ENDING))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContainingAll("'live'", "clickstream-3", "changes.emit-from");
    }

    @Test
    void liveSplit_inAReplay_isRefusedForGoodWithTheRemedy() {
        assertThatThrownBy(() -> read(replay, ENDLESS))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContainingAll(
                        "'replay'", "clickstream-3", "start the replay without it");
    }

    private static KafkaPartitionSplit read(CheckedSplits splits, KafkaPartitionSplit split)
            throws IOException {
        return splits.deserialize(splits.getVersion(), splits.serialize(split));
    }
}
