// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CheckedEnumeratorStateTest {
    private static final List<KafkaPartitionSplit> PARTITIONS = List.of(partition(0), partition(1));

    private final KafkaSourceEnumStateSerializer connector = new KafkaSourceEnumStateSerializer();
    private final CheckedEnumeratorState replay =
            new CheckedEnumeratorState(connector, Boundedness.BOUNDED);
    private final CheckedEnumeratorState live =
            new CheckedEnumeratorState(connector, Boundedness.CONTINUOUS_UNBOUNDED);

    @Test
    void stateOfTheSameMode_isReadBack() throws IOException {
        for (CheckedEnumeratorState mode : List.of(replay, live)) {
            requireRead(mode.deserialize(mode.getVersion(), mode.serialize(allAssigned())));
        }
    }

    @Test
    void stateOfTheConnectorItself_isReadByBoth() throws IOException {
        byte[] unmarked = connector.serialize(allAssigned());

        requireRead(replay.deserialize(connector.getVersion(), unmarked));
        requireRead(live.deserialize(connector.getVersion(), unmarked));
    }

    @Test
    void stateOfTheOtherMode_isRefusedForGoodWithTheRemedy() {
        assertThatThrownBy(
                        () -> live.deserialize(live.getVersion(), replay.serialize(allAssigned())))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContainingAll("'live'", "changes.emit-from");
        assertThatThrownBy(
                        () ->
                                replay.deserialize(
                                        replay.getVersion(), live.serialize(allAssigned())))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageContainingAll("'replay'", "start the replay without it");
    }

    private static KafkaPartitionSplit partition(int number) {
        return new KafkaPartitionSplit(new TopicPartition("clickstream", number), 0);
    }

    private static KafkaSourceEnumState allAssigned() {
        return new KafkaSourceEnumState(PARTITIONS, List.of(), true);
    }

    private static void requireRead(KafkaSourceEnumState state) {
        assertThat(state.assignedSplits())
                .extracting(KafkaPartitionSplit::splitId)
                .containsExactlyInAnyOrder("clickstream-0", "clickstream-1");
        assertThat(state.initialDiscoveryFinished()).isTrue();
    }
}
