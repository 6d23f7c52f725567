// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.AdmitEvents;
import dev.segmenter.job.functions.FinalVotes;
import dev.segmenter.job.functions.LatestEventTime;
import dev.segmenter.job.functions.SampleVotes;
import dev.segmenter.job.kafka.KafkaEndpoints;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.ClickEventSerializer;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SourceRecordSerializer;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.job.state.VoteSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;

/**
 * The bounded job behind a calibration: events up to the end offsets at start, in batch execution, to a sample of
 * the live users' features at the last event time. It writes to no topic and commits no offset.
 */
public final class CalibrateJob {
    private static final TypeInformation<SourceRecord> RECORDS =
            SerializerTypeInformation.of(SourceRecord.class, new SourceRecordSerializer());
    private static final TypeInformation<ClickEvent> EVENTS =
            SerializerTypeInformation.of(ClickEvent.class, new ClickEventSerializer());
    private static final TypeInformation<Vote> VOTES =
            SerializerTypeInformation.of(Vote.class, new VoteSerializer());
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>(
                    "dead-letters",
                    SerializerTypeInformation.of(
                            DeadLetter.class, new SpecificRecordSerializer<>(DeadLetter.class)));
    private static final MapStateDescriptor<Void, Void> NO_STATE =
            new MapStateDescriptor<>("none", Types.VOID, Types.VOID);

    private CalibrateJob() {}

    /** Runs it on the configuration's topic, to the end. */
    public static SampledUsers run(StreamExecutionEnvironment env, SegmenterConfig config)
            throws Exception {
        DataStream<Vote> sample = define(env, config, new KafkaEndpoints(config).eventsSoFar());
        List<Vote> votes = new ArrayList<>();
        try (CloseableIterator<Vote> collected = sample.collectAsync()) {
            JobClient job = env.executeAsync(config.applicationId() + "-calibrate");
            collected.forEachRemaining(votes::add);
            JobExecutionResult result = job.getJobExecutionResult().get();
            SampledUsers users = users(votes, result);
            requireWhole(users, config.calibration().sample());
            return users;
        }
    }

    private static SampledUsers users(List<Vote> votes, JobExecutionResult result) {
        return new SampledUsers(
                votes,
                result.<Long>getAccumulatorResult(FinalVotes.EVENTS),
                result.<Long>getAccumulatorResult(FinalVotes.USERS),
                result.<Long>getAccumulatorResult(FinalVotes.LIVE_USERS),
                result.<Long>getAccumulatorResult(FinalVotes.FLAGGED_USERS),
                result.<Long>getAccumulatorResult(FinalVotes.FIRST_EVENT_TIME),
                result.<Long>getAccumulatorResult(FinalVotes.LAST_EVENT_TIME));
    }

    /** Results are fetched while the cluster may already be going down: better no figures than figures on a part. */
    private static void requireWhole(SampledUsers users, int capacity) {
        long expected = Math.min(capacity, users.liveUsers() - users.flaggedUsers());
        if (users.votes().size() != expected) {
            throw new IllegalStateException(
                    "of "
                            + expected
                            + " sampled users only "
                            + users.votes().size()
                            + " have come back from the cluster; run the calibration again");
        }
    }

    /** The topology; tests call the same. */
    static DataStream<Vote> define(
            StreamExecutionEnvironment env,
            SegmenterConfig config,
            Source<SourceRecord, ?, ?> clickstream) {
        prepare(env, config);

        DataStream<ClickEvent> events = admit(read(env, clickstream), config);
        BroadcastStream<Long> end = latestEventTime(events);
        DataStream<Vote> votes = finalVotes(events, end, config);
        return sample(votes, config.calibration().sample());
    }

    private static void prepare(StreamExecutionEnvironment env, SegmenterConfig config) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.MAX_PARALLELISM, config.get(SegmenterOptions.MAX_PARALLELISM));
        settings.addAll(Configuration.fromMap(config.get(SegmenterOptions.FLINK)));
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        env.configure(settings);
        config.find(SegmenterOptions.PARALLELISM).ifPresent(env::setParallelism);
    }

    private static DataStream<SourceRecord> read(
            StreamExecutionEnvironment env, Source<SourceRecord, ?, ?> clickstream) {
        return env.fromSource(clickstream, WatermarkStrategy.noWatermarks(), "clickstream", RECORDS)
                .uid("clickstream");
    }

    /** With the partition's clock as timestamp, by which batch execution sorts each user's events. */
    private static DataStream<ClickEvent> admit(
            DataStream<SourceRecord> records, SegmenterConfig config) {
        SingleOutputStreamOperator<ClickEvent> events =
                records.process(new AdmitEvents(config.lateness(), DEAD_LETTERS), EVENTS)
                        .uid("admit")
                        .name("admit");
        return events.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<ClickEvent>noWatermarks()
                                .withTimestampAssigner((event, before) -> event.lifeClock()))
                .uid("order-of-arrival")
                .name("order of arrival");
    }

    private static BroadcastStream<Long> latestEventTime(DataStream<ClickEvent> events) {
        return events.transform("latest event time", Types.LONG, new LatestEventTime())
                .uid("latest-event-time")
                .broadcast(NO_STATE);
    }

    private static DataStream<Vote> finalVotes(
            DataStream<ClickEvent> events, BroadcastStream<Long> end, SegmenterConfig config) {
        return events.keyBy(ClickEvent::userId, Types.STRING)
                .connect(end)
                .process(
                        new FinalVotes(
                                config.features(), config.roll(), config.calibration().seed()),
                        VOTES)
                .uid("final-votes")
                .name("final votes");
    }

    private static DataStream<Vote> sample(DataStream<Vote> votes, int capacity) {
        return votes.transform("sample", VOTES, new SampleVotes(capacity))
                .uid("sample")
                .global()
                .transform("sample of all", VOTES, new SampleVotes(capacity))
                .uid("sample-of-all")
                .forceNonParallel();
    }
}
