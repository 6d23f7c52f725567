// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.CacheWeight;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserSegmentSerializer;
import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Meets users' vectors (input 1, keyed) with model versions (input 2, broadcast); decisions are
 * {@link SegmentAssigner}'s.
 *
 * <p>The operator's watermark is the lesser of both inputs', so once it has passed t - activation
 * delay, every version effective at or before t is here. In exact assignment an update of time t
 * waits for that, in order behind the user's earlier ones. One timer a user at most, and only while
 * an update waits or a guard is pending.
 */
public final class AssignSegments extends UserOperator<UserSegment, SegmentOutput>
        implements TwoInputStreamOperator<UserUpdate, CentroidSnapshot, SegmentOutput> {
    private static final long serialVersionUID = 1L;

    /** The state's name. */
    static final String STATE = "segment";

    // Measured (CacheWeightTest).
    private static final int EMPTY_USER = 250;
    private static final int HEAP_PER_STORED_BYTE = 2;

    private final FeatureSet features;
    private final AssignOptions options;
    private final AssignTiming timing;
    private final int maxSegments;

    private transient SegmentAssigner assigner;
    private transient StoredModels models;
    private transient WaitingUpdates waiting;
    private transient RecordBundle<UserUpdate> updates;
    private transient SegmentCounts counts;
    private transient VersionReach reach;
    private transient AssignMetrics reports;
    private transient Output out;
    private transient long clock;

    /** Greatest time of an update decided since the task began, ms. */
    private transient long decidedUpTo;

    public AssignSegments(
            FeatureSet features,
            AssignOptions options,
            AssignTiming timing,
            int maxSegments,
            CacheOptions cache) {
        super(cache);
        this.features = features;
        this.options = options;
        this.timing = timing;
        this.maxSegments = maxSegments;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        models = new StoredModels(context.getOperatorStateStore());
        counts = new SegmentCounts(context.getOperatorStateStore());
        reach = new VersionReach(context.getOperatorStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        assigner = new SegmentAssigner(features, options);
        waiting = new WaitingUpdates(getRuntimeContext(), key);
        updates = new RecordBundle<>(users, this::process, getProcessingTimeService());
        reports =
                new AssignMetrics(
                        MetricNames.group(getMetricGroup()),
                        models,
                        counts,
                        reach,
                        maxSegments,
                        getProcessingTimeService()::getCurrentProcessingTime);
        out = new Output();
        clock = Long.MIN_VALUE;
        decidedUpTo = Long.MIN_VALUE;
    }

    /** Of a user's membership. */
    public static CacheWeight weight() {
        return new CacheWeight(EMPTY_USER, HEAP_PER_STORED_BYTE);
    }

    @Override
    String stateName() {
        return STATE;
    }

    @Override
    TypeSerializer<Timed<UserSegment>> serializer() {
        return new UserSegmentSerializer();
    }

    @Override
    CacheWeight userWeight() {
        return weight();
    }

    @Override
    public void processElement1(StreamRecord<UserUpdate> element) throws Exception {
        UserUpdate update = element.getValue();
        updates.add(update.userId(), update);
    }

    private void process(UserUpdate update) throws Exception {
        String userId = update.userId();
        Timed<UserSegment> user = users.get(userId);
        if (user == null) {
            user = new Timed<>(null, Timed.NONE);
        }
        if (timing.mustWait(update.time(), clock) || isWaiting(userId, user)) {
            waiting.add(userId, update);
            counts.move(SegmentCounts.NONE, SegmentCounts.WAITING);
            wakeAt(user, timing.decidableAt(update.time()));
            users.put(userId, user);
            return;
        }
        decide(user, update);
        keep(userId, user, Timed.NONE);
    }

    /** Only a user with a timer can have something waiting, so that the others cost no second access. */
    private boolean isWaiting(String userId, Timed<UserSegment> user) throws Exception {
        return timing.isExact() && user.timer() != Timed.NONE && !waiting.of(userId).isEmpty();
    }

    @Override
    public void processElement2(StreamRecord<CentroidSnapshot> element) throws Exception {
        updates.finish();
        CentroidModel model = CentroidModel.of(element.getValue());
        models.add(model);
        if (model.effectiveFrom() <= decidedUpTo) {
            reports.cameLate(model, decidedUpTo);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        updates.finish();
        clock = mark.getTimestamp();
        fireUpTo(mark);
        super.processWatermark(mark);
        models.dropBefore(clock - timing.retention());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        updates.finish();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    void moment(String userId, long time) throws Exception {
        Timed<UserSegment> user = users.getDue(userId, time);
        if (user == null) {
            return;
        }
        long nextWaiting = decideWaiting(userId, user);
        if (user.value() != null) {
            out.before(user.value());
            assigner.onTimer(user.value(), userId, time, models.timeline(), out);
            out.after(user.value());
        }
        keep(userId, user, nextWaiting);
    }

    /** Works off what need not wait any more; returns when the next one is decidable. */
    private long decideWaiting(String userId, Timed<UserSegment> user) throws Exception {
        if (!timing.isExact()) {
            return Timed.NONE;
        }
        List<UserUpdate> still = new ArrayList<>();
        boolean any = false;
        for (UserUpdate update : waiting.of(userId)) {
            if (still.isEmpty() && !timing.mustWait(update.time(), clock)) {
                decide(user, update);
                counts.move(SegmentCounts.WAITING, SegmentCounts.NONE);
                any = true;
            } else {
                still.add(update);
            }
        }
        if (any) {
            waiting.keep(userId, still);
        }
        return still.isEmpty() ? Timed.NONE : timing.decidableAt(still.get(0).time());
    }

    private void decide(Timed<UserSegment> user, UserUpdate update) {
        decidedUpTo = Math.max(decidedUpTo, update.time());
        out.before(user.value());
        UserSegment decided = assigner.onUpdate(user.value(), update, models.timeline(), out);
        // A reference written from old object to old object is work for the garbage collector.
        if (decided != user.value()) {
            user.setValue(decided);
        }
        out.after(decided);
    }

    private void keep(String userId, Timed<UserSegment> user, long nextWaiting) throws IOException {
        if (user.value() == null && nextWaiting == Timed.NONE) {
            users.remove(userId);
            return;
        }
        long next = user.value() == null ? Timed.NONE : assigner.nextMoment(user.value());
        wakeAt(user, Math.min(next, nextWaiting));
        users.put(userId, user);
    }

    private static void wakeAt(Timed<UserSegment> user, long time) {
        user.setTimer(Math.min(user.timer(), time));
    }

    /**
     * A short replay may get its first model at its very end: nobody leaves it without a segment. And every
     * model is here: nothing waits any more, not even what is later than the replay's end.
     */
    @Override
    public void finish() throws Exception {
        updates.finish();
        if (timing.replayEnd() != null) {
            clock = Long.MAX_VALUE;
            forEachUser(this::endOf);
        }
        super.finish();
    }

    private void endOf(String userId) throws Exception {
        Timed<UserSegment> user = users.get(userId);
        decideWaiting(userId, user);
        if (user.value() == null) {
            keep(userId, user, Timed.NONE);
            return;
        }
        out.before(user.value());
        assigner.atEnd(user.value(), userId, timing.replayEnd(), models.timeline(), out);
        out.after(user.value());
        users.put(userId, user);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        counts.snapshot();
        reach.snapshot();
    }

    /** Passes decisions on and counts who is where and how far a version has come. */
    private final class Output implements AssignOutput {
        private final StreamRecord<SegmentOutput> record = new StreamRecord<>(null);
        private int segmentBefore;
        private long versionBefore;

        void before(UserSegment user) {
            segmentBefore = user == null ? SegmentCounts.NONE : user.segmentId();
            versionBefore = user == null ? 0 : user.modelVersion();
        }

        void after(UserSegment user) {
            counts.move(segmentBefore, user == null ? SegmentCounts.NONE : user.segmentId());
            reach.decided(versionBefore, user == null ? 0 : user.modelVersion());
        }

        @Override
        public void change(SegmentChange change) {
            reports.changed(change);
            if (change.getCause() == Cause.MODEL) {
                reach.moved(change.getModelVersion());
            }
            emit(new SegmentOutput(change.getUserId(), change, null));
        }

        @Override
        public void membership(SegmentMembership membership) {
            emit(new SegmentOutput(membership.getUserId(), null, membership));
        }

        @Override
        public void left(String userId) {
            emit(new SegmentOutput(userId, null, null));
        }

        private void emit(SegmentOutput value) {
            output.collect(record.replace(value));
        }
    }
}
