// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.job.kafka.KafkaEndpoints;
import dev.segmenter.job.kafka.KafkaModelLease;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job: clickstream in; segment changes, memberships, centroid snapshots and dead letters out. */
public final class SegmenterJob {
    private SegmenterJob() {}

    /** Defines the job on Kafka and submits it; the caller has checked the brokers (KafkaStartup). */
    public static JobClient submit(StreamExecutionEnvironment env, SegmenterConfig config)
            throws Exception {
        KafkaEndpoints kafka = new KafkaEndpoints(config);
        define(
                env,
                config,
                kafka.events(),
                InitialModels.of(config),
                new KafkaModelLease(config),
                kafka.segments(),
                kafka.snapshots(),
                kafka.deadLetters());
        return env.executeAsync(config.applicationId());
    }

    /** The topology, as the picture in docs/architecture.md shows it; tests call the same. */
    public static void define(
            StreamExecutionEnvironment env,
            SegmenterConfig config,
            Source<SourceRecord, ?, ?> clickstream,
            InitialModel initialModel,
            ModelLease lease,
            Sink<SegmentOutput> segmentSink,
            Sink<CentroidSnapshot> snapshotSink,
            Sink<DeadLetter> deadLetterSink) {
        Environment.prepare(env, config);
        Topology job = new Topology(env, config);

        DataStream<SourceRecord> records = job.read(clickstream);
        SingleOutputStreamOperator<ClickEvent> events = job.admit(records);
        SingleOutputStreamOperator<UserUpdate> users = job.rollFeatures(job.stopClock(events));
        DataStream<CentroidSnapshot> models = job.trainCentroids(users, initialModel, lease);
        DataStream<SegmentOutput> segments = job.assignSegments(users, models);

        job.write(segments, segmentSink, "segment-changes and segment-memberships");
        job.writeAlone(models, snapshotSink, "centroid-snapshots");
        job.exportModels(models);
        job.write(job.refused(events, users), deadLetterSink, "dead-letters");
    }
}
