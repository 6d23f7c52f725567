// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.job.kafka.KafkaEndpoints;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.BroadcastPartitioner;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.junit.jupiter.api.Test;

/** The graph of the job, at parallelism 4. Nothing connects to Kafka until a job runs. */
class SegmenterJobTest {
    private static final int PARALLELISM = 4;
    private static final int MAX_PARALLELISM = 64;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final StreamGraph graph = define(env);

    @Test
    void everyOperator_hasAReadableName() {
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getOperatorName)
                .containsExactlyInAnyOrder(
                        "Source: clickstream",
                        "admit",
                        "stop clock",
                        "roll features",
                        "train centroids",
                        "assign segment",
                        "segment-changes and segment-memberships: Writer",
                        "segment-changes and segment-memberships: Committer",
                        "centroid-snapshots: Writer",
                        "centroid-snapshots: Committer",
                        "dead-letters: Writer",
                        "dead-letters: Committer");
    }

    @Test
    void everyOperator_hasAUidOfItsOwn() {
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void everyOperator_hasTheMaxParallelismOfTheConfiguration() {
        assertThat(graph.getStreamNodes())
                .allSatisfy(
                        node ->
                                assertThat(node.getMaxParallelism())
                                        .isEqualTo(isTrainer(node) ? 1 : MAX_PARALLELISM));
    }

    @Test
    void rollToAssign_isAForwardEdge() {
        assertThat(edge("roll-features", "assign-segment")).isInstanceOf(ForwardPartitioner.class);
        assertThat(node("roll-features").getStateKeySerializer())
                .isEqualTo(node("assign-segment").getStateKeySerializer());
        assertThat(node("roll-features").getParallelism()).isEqualTo(PARALLELISM);
        assertThat(node("assign-segment").getParallelism()).isEqualTo(PARALLELISM);
    }

    @Test
    void stopClock_isBeforeTheOnlyShuffle() {
        assertThat(edge("admit", "stop-clock")).isInstanceOf(ForwardPartitioner.class);
        assertThat(edge("stop-clock", "roll-features"))
                .isInstanceOf(KeyGroupStreamPartitioner.class);
    }

    @Test
    void trainer_runsAloneAndTellsEverySubtaskOfAssign() {
        assertThat(node("train-centroids").getParallelism()).isEqualTo(1);
        assertThat(node("train-centroids").getMaxParallelism()).isEqualTo(1);
        assertThat(edge("train-centroids", "assign-segment"))
                .isInstanceOf(BroadcastPartitioner.class);
    }

    @Test
    void jobGraph_canBeMade() {
        assertThat(graph.getJobGraph().getVertices())
                .extracting(JobVertex::getMaxParallelism)
                .contains(1, MAX_PARALLELISM);
    }

    @Test
    void typesWithoutASerializer_areRefused() {
        TypeInformation<Object> generic = TypeInformation.of(Object.class);

        assertThatThrownBy(() -> generic.createSerializer(env.getConfig().getSerializerConfig()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    private static StreamGraph define(StreamExecutionEnvironment env) {
        SegmenterConfig config =
                SegmenterConfig.load(
                        null,
                        Map.of(
                                "kafka.bootstrap-servers", "localhost:9092",
                                "parallelism", Integer.toString(PARALLELISM),
                                "max-parallelism", Integer.toString(MAX_PARALLELISM)));
        KafkaEndpoints kafka = new KafkaEndpoints(config);
        SegmenterJob.define(
                env,
                config,
                kafka.events(),
                InitialModel.NONE,
                ModelLease.ALONE,
                kafka.segments(),
                kafka.snapshots(),
                kafka.deadLetters());
        return env.getStreamGraph(false);
    }

    private static boolean isTrainer(StreamNode node) {
        return "train-centroids".equals(node.getTransformationUID());
    }

    private StreamNode node(String uid) {
        return graph.getStreamNodes().stream()
                .filter(node -> uid.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
    }

    private StreamPartitioner<?> edge(String from, String to) {
        StreamNode target = node(to);
        return node(from).getOutEdges().stream()
                .filter(edge -> edge.getTargetId() == target.getId())
                .map(StreamEdge::getPartitioner)
                .findFirst()
                .orElseThrow();
    }
}
