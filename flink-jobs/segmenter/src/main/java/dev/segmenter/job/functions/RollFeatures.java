// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.CacheWeight;
import dev.segmenter.job.state.SerializerTypeInformation;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserKey;
import dev.segmenter.job.state.UserStateSerializer;
import dev.segmenter.job.state.UserValues;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Keeps each user's rolling features: one state value, behind a cache, and at most one timer a user. The arithmetic
 * and the order of moments are {@link FeatureRoller}'s. An operator of its own, since a function is
 * not told of the end of a replay.
 */
public final class RollFeatures extends AbstractStreamOperator<UserUpdate>
        implements OneInputStreamOperator<ClickEvent, UserUpdate>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    // Measured on users of the shop's features (CacheWeightTest).
    private static final int EMPTY_USER = 350;
    private static final int EMPTY_FEATURE = 25;
    private static final int HEAP_PER_STORED_BYTE = 4;

    private final FeatureSet features;
    private final RollOptions options;
    private final OutputTag<Vote> votes;
    private final OutputTag<DeadLetter> deadLetters;
    private final Long replayEnd;
    private final CacheOptions cache;

    private transient FeatureRoller roller;
    private transient UserKey key;
    private transient UserValues<UserState> users;
    private transient StoredOverflowIds overflow;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient RecordBundle<ClickEvent> events;
    private transient TimerBundle due;
    private transient Output out;

    /** The replay's end is an event time in ms, null when live. */
    public RollFeatures(
            FeatureSet features,
            RollOptions options,
            OutputTag<Vote> votes,
            OutputTag<DeadLetter> deadLetters,
            Long replayEnd,
            CacheOptions cache) {
        this.features = features;
        this.options = options;
        this.votes = votes;
        this.deadLetters = deadLetters;
        this.replayEnd = replayEnd;
        this.cache = cache;
    }

    @Override
    public void open() throws Exception {
        super.open();
        roller = new FeatureRoller(features, options);
        key = new UserKey(getKeyedStateBackend(), getRuntimeContext());
        users =
                cache.open(
                        getRuntimeContext(),
                        key,
                        descriptor(features),
                        new UserStateSerializer(features),
                        weight(features));
        overflow =
                new StoredOverflowIds(
                        getRuntimeContext(), key, cache.overflowBytes(getRuntimeContext(), key));
        timers = getInternalTimerService("moments", VoidNamespaceSerializer.INSTANCE, this);
        events = new RecordBundle<>(users, this::process, getProcessingTimeService());
        due = new TimerBundle(users, this::moment, getTimeServiceManager().orElseThrow());
        out = new Output(MetricNames.group(getMetricGroup()));
    }

    /** Of a user with these features. */
    public static CacheWeight weight(FeatureSet features) {
        return new CacheWeight(EMPTY_USER + EMPTY_FEATURE * features.size(), HEAP_PER_STORED_BYTE);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static ValueStateDescriptor<Timed<UserState>> descriptor(FeatureSet features) {
        return new ValueStateDescriptor<>(
                "user",
                SerializerTypeInformation.of(
                        (Class<Timed<UserState>>) (Class) Timed.class,
                        new UserStateSerializer(features)));
    }

    /** Where Flink's state or timers are touched the key is set; for most records none is. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord record) {}

    @Override
    public void processElement(StreamRecord<ClickEvent> element) throws Exception {
        ClickEvent event = element.getValue();
        events.add(event.userId(), event);
    }

    private void process(ClickEvent event) throws Exception {
        Timed<UserState> user = users.get(event.userId());
        if (event.erasure()) {
            erase(event, user);
            return;
        }
        if (user == null) {
            user = new Timed<>(roller.begin(event), Timed.NONE);
        }
        roller.onEvent(user.value(), event, overflow.of(event.userId()), out);
        keep(event.userId(), user);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        events.finish();
        due.fireUpTo(mark);
        super.processWatermark(mark);
    }

    /** Whoever is told that this task is idle waits for it no longer. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        events.finish();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        events.finish();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        due.add(timer);
    }

    private void moment(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Timed<UserState> user = users.get(timer.getKey());
        if (user == null || user.timer() != timer.getTimestamp()) {
            return;
        }
        user.setTimer(Timed.NONE);
        String userId = timer.getKey();
        roller.onTimer(user.value(), userId, timer.getTimestamp(), overflow.of(userId), out);
        keep(userId, user);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("roll registers no timers of processing time");
    }

    /**
     * Moments up to the partition's clock come first, and so do guards in assign, which is told of that
     * time: the erasure's place in the stream decides alone.
     */
    private void erase(ClickEvent erasure, Timed<UserState> user) throws IOException {
        long incarnation = erasure.lifeClock();
        long time = erasure.lifeClock();
        if (user != null) {
            String userId = erasure.userId();
            roller.onTimer(user.value(), userId, erasure.lifeClock(), overflow.of(userId), out);
            roller.reportPending(user.value(), userId, out);
            incarnation = user.value().incarnation();
            time = Math.max(time, user.value().clock());
            forget(userId, user);
            overflow.of(userId).clear();
        }
        out.update(
                new UserUpdate(
                        UserUpdate.Kind.ERASURE,
                        erasure.userId(),
                        incarnation,
                        time,
                        features.fingerprint(),
                        false,
                        new double[0]));
        out.vote(Vote.erasure(Hashes.of(erasure.userId()), erasure.lifeClock()));
    }

    private void keep(String userId, Timed<UserState> user) throws IOException {
        if (roller.isGone(user.value())) {
            forget(userId, user);
            return;
        }
        long next = roller.nextMoment(user.value());
        if (next < user.timer()) {
            key.set(userId);
            deleteTimer(user);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
            user.setTimer(next);
        }
        users.put(userId, user);
    }

    private void forget(String userId, Timed<UserState> user) throws IOException {
        key.set(userId);
        deleteTimer(user);
        users.remove(userId);
    }

    /** Under the user's key. */
    private void deleteTimer(Timed<UserState> user) {
        if (user.timer() != Timed.NONE) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, user.timer());
            user.setTimer(Timed.NONE);
        }
    }

    /** The minute in which a replay ends may have gone over the quota: no timer would report it. */
    @Override
    public void finish() throws Exception {
        events.finish();
        if (replayEnd != null) {
            users.flush();
            this.<String>getKeyedStateBackend()
                    .applyToAllKeys(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            descriptor(features),
                            (userId, state) -> endOf(userId));
        }
        super.finish();
    }

    private void endOf(String userId) throws IOException {
        Timed<UserState> user = users.get(userId);
        if (roller.reportPending(user.value(), userId, out)) {
            users.put(userId, user);
        }
    }

    /** Of checkpoints and savepoints of any form; downstream has had the barrier by then. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        flush();
        super.snapshotState(context);
    }

    void flush() throws IOException {
        users.flush();
        overflow.flush();
    }

    /** Passes on what the roller says about the user at hand. */
    private final class Output implements RollOutput {
        private final Counter counted;
        private final Counter duplicates;
        private final Counter overQuota;
        private final Counter voted;
        private final StreamRecord<UserUpdate> record = new StreamRecord<>(null);

        Output(MetricGroup group) {
            counted = group.counter(MetricNames.EVENTS_COUNTED);
            duplicates = group.counter(MetricNames.DUPLICATES);
            overQuota = group.counter(MetricNames.OVER_QUOTA);
            voted = group.counter(MetricNames.VOTES);
        }

        @Override
        public void update(UserUpdate update) {
            output.collect(record.replace(update));
        }

        @Override
        public void vote(Vote vote) {
            if (!vote.erasure()) {
                voted.inc();
            }
            output.collect(votes, new StreamRecord<>(vote));
        }

        @Override
        public void duplicate() {
            duplicates.inc();
        }

        @Override
        public void counted() {
            counted.inc();
        }

        @Override
        public void refused() {
            overQuota.inc();
        }

        @Override
        public void overQuota(String userId, long minuteStart, long count) {
            output.collect(deadLetters, new StreamRecord<>(letter(userId, minuteStart, count)));
        }

        private DeadLetter letter(String userId, long minuteStart, long count) {
            return DeadLetter.newBuilder()
                    .setKey(ByteBuffer.wrap(userId.getBytes(StandardCharsets.UTF_8)))
                    .setErrorClass(ErrorClass.OVER_QUOTA)
                    .setMessage(
                            count
                                    + " events in one minute over the quota of "
                                    + options.quotaPerMinute()
                                    + " (users.quota-per-minute); not counted")
                    .setUserId(userId)
                    .setEventTime(Instant.ofEpochMilli(minuteStart))
                    .setCount(count)
                    .build();
        }
    }
}
