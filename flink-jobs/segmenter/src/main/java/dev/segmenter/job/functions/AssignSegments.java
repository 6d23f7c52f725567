// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.CacheWeight;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserKey;
import dev.segmenter.job.state.UserSegmentSerializer;
import dev.segmenter.job.state.UserValues;
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
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
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
public final class AssignSegments extends AbstractStreamOperator<SegmentOutput>
        implements TwoInputStreamOperator<UserUpdate, CentroidSnapshot, SegmentOutput>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    // Measured (CacheWeightTest).
    private static final int EMPTY_USER = 250;
    private static final int HEAP_PER_STORED_BYTE = 2;

    private final FeatureSet features;
    private final AssignOptions options;
    private final AssignTiming timing;
    private final int maxSegments;
    private final CacheOptions cache;

    private transient SegmentAssigner assigner;
    private transient StoredModels models;
    private transient UserKey key;
    private transient UserValues<UserSegment> users;
    private transient WaitingUpdates waiting;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient RecordBundle<UserUpdate> updates;
    private transient TimerBundle due;
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
        this.features = features;
        this.options = options;
        this.timing = timing;
        this.maxSegments = maxSegments;
        this.cache = cache;
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
        key = new UserKey(getKeyedStateBackend(), getRuntimeContext());
        users =
                cache.open(
                        getRuntimeContext(),
                        key,
                        descriptor(),
                        new UserSegmentSerializer(),
                        weight());
        waiting = new WaitingUpdates(getRuntimeContext(), key);
        timers = getInternalTimerService("moments", VoidNamespaceSerializer.INSTANCE, this);
        updates = new RecordBundle<>(users, this::process, getProcessingTimeService());
        due = new TimerBundle(users, this::moment, getTimeServiceManager().orElseThrow());
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

    @SuppressWarnings({"unchecked", "rawtypes"})
    static ValueStateDescriptor<Timed<UserSegment>> descriptor() {
        return new ValueStateDescriptor<>(
                "segment",
                SerializerTypeInformation.of(
                        (Class<Timed<UserSegment>>) (Class) Timed.class,
                        new UserSegmentSerializer()));
    }

    /** Where Flink's state or timers are touched the key is set; for most records none is. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord record) {}

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
            wakeAt(userId, user, timing.decidableAt(update.time()));
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
        due.fireUpTo(mark);
        super.processWatermark(mark);
        models.dropBefore(clock - timing.retention());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        updates.finish();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        due.add(timer);
    }

    private void moment(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String userId = timer.getKey();
        Timed<UserSegment> user = users.get(userId);
        if (user == null || user.timer() != timer.getTimestamp()) {
            return;
        }
        user.setTimer(Timed.NONE);
        long nextWaiting = decideWaiting(userId, user);
        if (user.value() != null) {
            out.before(user.value());
            assigner.onTimer(user.value(), userId, timer.getTimestamp(), models.timeline(), out);
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
        user.setValue(assigner.onUpdate(user.value(), update, models.timeline(), out));
        out.after(user.value());
    }

    private void keep(String userId, Timed<UserSegment> user, long nextWaiting) throws IOException {
        if (user.value() == null && nextWaiting == Timed.NONE) {
            cancel(userId, user);
            users.remove(userId);
            return;
        }
        long next = user.value() == null ? Timed.NONE : assigner.nextMoment(user.value());
        wakeAt(userId, user, Math.min(next, nextWaiting));
        users.put(userId, user);
    }

    private void wakeAt(String userId, Timed<UserSegment> user, long time) {
        if (time < user.timer()) {
            key.set(userId);
            cancel(userId, user);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            user.setTimer(time);
        }
    }

    private void cancel(String userId, Timed<UserSegment> user) {
        if (user.timer() != Timed.NONE) {
            key.set(userId);
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, user.timer());
            user.setTimer(Timed.NONE);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("assign registers no timers of processing time");
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
            users.flush();
            this.<String>getKeyedStateBackend()
                    .applyToAllKeys(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            descriptor(),
                            (userId, state) -> endOf(userId));
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
        flush();
        super.snapshotState(context);
        counts.snapshot();
        reach.snapshot();
    }

    void flush() throws IOException {
        users.flush();
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
