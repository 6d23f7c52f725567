// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.SegmenterConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorableKafkaSourceTest {
    private static final TopicPartition PARTITION = new TopicPartition("clickstream", 3);
    private static final KafkaPartitionSplit ENDING = new KafkaPartitionSplit(PARTITION, 5, 70);
    private static final KafkaPartitionSplit ENDLESS = new KafkaPartitionSplit(PARTITION, 5);

    private final RestorableKafkaSource<SourceRecord> replay =
            source(Map.of("mode", "replay", "replay.end-time", "1000"));
    private final RestorableKafkaSource<SourceRecord> live = source(Map.of());

    @Test
    void savepointOfTheSameMode_isRestored() throws Exception {
        restore(replay, assigned(ENDING)).close();
        restore(live, assigned(ENDLESS)).close();
        restore(replay, unassigned(ENDING)).close();
        restore(live, unassigned(ENDLESS)).close();
    }

    @Test
    void replaysSavepoint_inALiveJob_isRefusedForGoodWithTheRemedy() {
        for (KafkaSourceEnumState state : List.of(assigned(ENDING), unassigned(ENDING))) {
            assertThatThrownBy(() -> restore(live, state).start())
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContainingAll("'live'", "clickstream-3", "changes.emit-from");
        }
    }

    @Test
    void liveSavepoint_inAReplay_isRefusedForGoodWithTheRemedy() {
        for (KafkaSourceEnumState state : List.of(assigned(ENDLESS), unassigned(ENDLESS))) {
            assertThatThrownBy(() -> restore(replay, state).start())
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContainingAll(
                            "'replay'", "clickstream-3", "start the replay without it");
        }
    }

    /** What the check relies on: the connector's state keeps the ends, also of partitions given out. */
    @Test
    void enumeratorState_keepsTheEndOfEveryPartition() throws IOException {
        assertThat(throughState(assigned(ENDING)).assignedSplits()).containsExactly(ENDING);
    }

    private static SplitEnumerator<?, ?> restore(
            RestorableKafkaSource<SourceRecord> source, KafkaSourceEnumState state)
            throws IOException {
        return source.restoreEnumerator(new MockSplitEnumeratorContext<>(1), throughState(state));
    }

    private static KafkaSourceEnumState throughState(KafkaSourceEnumState state)
            throws IOException {
        SimpleVersionedSerializer<KafkaSourceEnumState> serializer =
                source(Map.of()).getEnumeratorCheckpointSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }

    private static KafkaSourceEnumState assigned(KafkaPartitionSplit split) {
        return new KafkaSourceEnumState(List.of(split), List.of(), true);
    }

    private static KafkaSourceEnumState unassigned(KafkaPartitionSplit split) {
        return new KafkaSourceEnumState(List.of(), List.of(split), true);
    }

    private static RestorableKafkaSource<SourceRecord> source(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("kafka.bootstrap-servers", "localhost:9092");
        return (RestorableKafkaSource<SourceRecord>)
                new KafkaEndpoints(SegmenterConfig.load(null, all)).events();
    }
}
