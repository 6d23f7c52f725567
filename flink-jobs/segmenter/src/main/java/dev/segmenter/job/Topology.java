// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.config.SegmenterOptions;
import dev.segmenter.job.functions.AdmitEvents;
import dev.segmenter.job.functions.AssignSegments;
import dev.segmenter.job.functions.AssignTiming;
import dev.segmenter.job.functions.InitialModel;
import dev.segmenter.job.functions.ModelLease;
import dev.segmenter.job.functions.PaceReplay;
import dev.segmenter.job.functions.RollFeatures;
import dev.segmenter.job.functions.SegmentOutput;
import dev.segmenter.job.functions.StopClock;
import dev.segmenter.job.functions.TrainCentroids;
import dev.segmenter.job.kafka.EventTimes;
import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.ClickEventSerializer;
import dev.segmenter.job.state.SegmentOutputSerializer;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.SourceRecordSerializer;
import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.job.state.UserUpdateEdgeSerializer;
import dev.segmenter.job.state.VoteSerializer;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.DeadLetter;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.util.OutputTag;

/** The verbs of the job, each with its operator, uid and readable name. */
final class Topology {
    private static final TypeInformation<SourceRecord> RECORDS =
            SerializerTypeInformation.of(SourceRecord.class, new SourceRecordSerializer());
    private static final TypeInformation<ClickEvent> EVENTS =
            SerializerTypeInformation.of(ClickEvent.class, new ClickEventSerializer());
    private static final TypeInformation<UserUpdate> UPDATES =
            SerializerTypeInformation.of(UserUpdate.class, new UserUpdateEdgeSerializer());
    private static final TypeInformation<CentroidSnapshot> SNAPSHOTS =
            SerializerTypeInformation.of(
                    CentroidSnapshot.class, new SpecificRecordSerializer<>(CentroidSnapshot.class));
    private static final TypeInformation<SegmentOutput> SEGMENTS =
            SerializerTypeInformation.of(SegmentOutput.class, new SegmentOutputSerializer());
    private static final OutputTag<Vote> VOTES =
            new OutputTag<>(
                    "votes", SerializerTypeInformation.of(Vote.class, new VoteSerializer()));
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>(
                    "dead-letters",
                    SerializerTypeInformation.of(
                            DeadLetter.class, new SpecificRecordSerializer<>(DeadLetter.class)));

    /** Of the caches: packed, panes take about one and a half times as much as a membership, with all around them. */
    private static final double ROLL_SHARE = 0.62;

    private static final double ROLL_TURN = 0;
    private static final double ASSIGN_TURN = 0.5;

    /** Of the checkpoint interval a twentieth: copying at once would take all cores from the events. */
    private static final int COPYING_SHARE = 20;

    /** Four of the cache's steps. */
    private static final Duration COPYING_IN_HASTE = Duration.ofMillis(20);

    private final StreamExecutionEnvironment env;
    private final SegmenterConfig config;
    private final Long replayEnd;

    Topology(StreamExecutionEnvironment env, SegmenterConfig config) {
        this.env = env;
        this.config = config;
        this.replayEnd = config.isReplay() ? config.get(SegmenterOptions.REPLAY_END_TIME) : null;
    }

    DataStream<SourceRecord> read(Source<SourceRecord, ?, ?> clickstream) {
        SingleOutputStreamOperator<SourceRecord> records =
                env.fromSource(clickstream, EventTimes.strategy(config), "clickstream", RECORDS)
                        .uid("clickstream");
        double speedUp = config.get(SegmenterOptions.REPLAY_SPEED_UP);
        return speedUp == 0
                ? records
                : records.process(new PaceReplay(speedUp), RECORDS)
                        .uid("pace-replay")
                        .name("pace replay");
    }

    SingleOutputStreamOperator<ClickEvent> admit(DataStream<SourceRecord> records) {
        return records.process(new AdmitEvents(config.lateness(), DEAD_LETTERS), EVENTS)
                .uid("admit")
                .name("admit");
    }

    /** Chained behind the source, before the shuffle, since only there a source's end is told apart. */
    SingleOutputStreamOperator<ClickEvent> stopClock(DataStream<ClickEvent> events) {
        return events.transform("stop clock", EVENTS, new StopClock(replayEnd)).uid("stop-clock");
    }

    SingleOutputStreamOperator<UserUpdate> rollFeatures(DataStream<ClickEvent> events) {
        return events.keyBy(ClickEvent::userId, Types.STRING)
                .transform(
                        "roll features",
                        UPDATES,
                        new RollFeatures(
                                config.features(),
                                config.roll(),
                                VOTES,
                                DEAD_LETTERS,
                                replayEnd,
                                cache(ROLL_SHARE, ROLL_TURN)))
                .uid("roll-features");
    }

    DataStream<CentroidSnapshot> trainCentroids(
            SingleOutputStreamOperator<UserUpdate> users,
            InitialModel initialModel,
            ModelLease lease) {
        return users.getSideOutput(VOTES)
                .global()
                .transform(
                        "train centroids",
                        SNAPSHOTS,
                        new TrainCentroids(
                                config.features(),
                                config.trainer(),
                                config.labels(),
                                initialModel,
                                lease,
                                replayEnd))
                .uid("train-centroids")
                .forceNonParallel();
    }

    /** Users stay in the subtask that rolled them: a forward edge, no second shuffle. */
    DataStream<SegmentOutput> assignSegments(
            DataStream<UserUpdate> users, DataStream<CentroidSnapshot> models) {
        KeySelector<UserUpdate, String> byUser = UserUpdate::userId;
        KeyedStream<UserUpdate, String> keyed =
                DataStreamUtils.reinterpretAsKeyedStream(users, byUser, Types.STRING);
        AssignTiming timing =
                new AssignTiming(
                        config.isExact(),
                        config.trainer().activationDelay().toMillis(),
                        config.lateness().toMillis(),
                        replayEnd);
        TwoInputTransformation<UserUpdate, CentroidSnapshot, SegmentOutput> assign =
                new TwoInputTransformation<>(
                        keyed.getTransformation(),
                        models.broadcast().getTransformation(),
                        "assign segment",
                        new AssignSegments(
                                config.features(),
                                config.assign(),
                                timing,
                                config.trainer().k(),
                                cache(1 - ROLL_SHARE, ASSIGN_TURN)),
                        SEGMENTS,
                        env.getParallelism());
        assign.setStateKeySelectors(byUser, null);
        assign.setStateKeyType(Types.STRING);
        assign.setUid("assign-segment");
        env.addOperator(assign);
        return new DataStream<>(env, assign);
    }

    private CacheOptions cache(double share, double turn) {
        return new CacheOptions(
                config.find(SegmenterOptions.STATE_CACHE)
                        .map(size -> (long) (share * size.getBytes()))
                        .orElse(null),
                share,
                (long) (share * config.get(SegmenterOptions.CHECKPOINT_CARRIED).getBytes()),
                config.get(SegmenterOptions.CHECKPOINT_INTERVAL),
                copying(),
                turn);
    }

    /** Where changes can be read when a checkpoint is complete, and not before, it has no reason to take its time. */
    private Duration copying() {
        return config.isExactlyOnce()
                ? COPYING_IN_HASTE
                : config.get(SegmenterOptions.CHECKPOINT_INTERVAL).dividedBy(COPYING_SHARE);
    }

    DataStream<DeadLetter> refused(
            SingleOutputStreamOperator<ClickEvent> events,
            SingleOutputStreamOperator<UserUpdate> users) {
        return events.getSideOutput(DEAD_LETTERS).union(users.getSideOutput(DEAD_LETTERS));
    }

    <T> void write(DataStream<T> records, Sink<T> sink, String name) {
        records.sinkTo(sink).uid("sink-" + name.split(" ", 2)[0]).name(name);
    }

    /** For the trainer's few records: one writer, in order. */
    <T> void writeAlone(DataStream<T> records, Sink<T> sink, String name) {
        records.sinkTo(sink).uid("sink-" + name).name(name).setParallelism(1);
    }

    void exportModels(DataStream<CentroidSnapshot> models) {
        config.find(SegmenterOptions.SNAPSHOT_EXPORT_PATH)
                .ifPresent(
                        path ->
                                writeAlone(
                                        models, FlinkMlModels.sink(path), "flink-ml-model-data"));
    }
}
