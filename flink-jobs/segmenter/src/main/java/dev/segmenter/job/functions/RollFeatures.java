// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.BesideUsers;
import dev.segmenter.job.state.CacheOptions;
import dev.segmenter.job.state.CacheWeight;
import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserStateSerializer;
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
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Keeps each user's rolling features: one state value, behind a cache, and at most one timer a user. The arithmetic
 * and the order of moments are {@link FeatureRoller}'s. An operator of its own, since a function is
 * not told of the end of a replay.
 */
public final class RollFeatures extends UserOperator<UserState, UserUpdate>
        implements OneInputStreamOperator<ClickEvent, UserUpdate> {
    private static final long serialVersionUID = 1L;

    /** The state's name. */
    static final String STATE = "user";

    // Measured on users of the shop's features (CacheWeightTest).
    private static final int EMPTY_USER = 350;
    private static final int EMPTY_FEATURE = 25;
    private static final int HEAP_PER_STORED_BYTE = 4;

    private final FeatureSet features;
    private final RollOptions options;
    private final OutputTag<Vote> votes;
    private final OutputTag<DeadLetter> deadLetters;
    private final Long replayEnd;

    private transient FeatureRoller roller;
    private transient StoredOverflowIds overflow;
    private transient RecordBundle<ClickEvent> events;
    private transient Output out;

    /** The replay's end is an event time in ms, null when live. */
    public RollFeatures(
            FeatureSet features,
            RollOptions options,
            OutputTag<Vote> votes,
            OutputTag<DeadLetter> deadLetters,
            Long replayEnd,
            CacheOptions cache) {
        super(cache);
        this.features = features;
        this.options = options;
        this.votes = votes;
        this.deadLetters = deadLetters;
        this.replayEnd = replayEnd;
    }

    @Override
    public void open() throws Exception {
        super.open();
        roller = new FeatureRoller(features, options);
        events = new RecordBundle<>(users, this::process, getProcessingTimeService());
        out = new Output(MetricNames.group(getMetricGroup()));
    }

    /** Of a user with these features. */
    public static CacheWeight weight(FeatureSet features) {
        return new CacheWeight(EMPTY_USER + EMPTY_FEATURE * features.size(), HEAP_PER_STORED_BYTE);
    }

    @Override
    String stateName() {
        return STATE;
    }

    @Override
    TypeSerializer<Timed<UserState>> serializer() {
        return new UserStateSerializer(features);
    }

    @Override
    BesideUsers besideUsers(KeyedStateStore states) {
        overflow = new StoredOverflowIds(states, key, overflowBytes());
        return overflow;
    }

    @Override
    CacheWeight userWeight() {
        return weight(features);
    }

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
        fireUpTo(mark);
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
    void moment(String userId, long time) throws Exception {
        Timed<UserState> user = users.getDue(userId, time);
        if (user != null) {
            roller.onTimer(user.value(), userId, time, overflow.of(userId), out);
            keep(userId, user);
        }
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
            users.remove(userId);
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
            users.remove(userId);
            return;
        }
        user.setTimer(Math.min(user.timer(), roller.nextMoment(user.value())));
        users.put(userId, user);
    }

    /** The minute in which a replay ends may have gone over the quota: no timer would report it. */
    @Override
    public void finish() throws Exception {
        events.finish();
        if (replayEnd != null) {
            forEachUser(this::endOf);
        }
        super.finish();
    }

    private void endOf(String userId) throws IOException {
        Timed<UserState> user = users.get(userId);
        if (roller.reportPending(user.value(), userId, out)) {
            users.put(userId, user);
        }
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

        /** Lent on: an update is written to the edge's buffer before this returns. */
        @Override
        public void values(
                String userId,
                long incarnation,
                long time,
                long fingerprint,
                boolean flagged,
                double[] lent) {
            update(UserUpdate.vector(userId, incarnation, time, fingerprint, flagged, lent));
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
