// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.job.state.SerializerTypeInformation;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps each user's rolling features: one state value and at most one timer a user. The arithmetic
 * and the order of moments are {@link FeatureRoller}'s.
 */
public final class RollFeatures extends KeyedProcessFunction<String, ClickEvent, UserUpdate> {
    private static final long serialVersionUID = 1L;

    private final FeatureSet features;
    private final RollOptions options;
    private final OutputTag<Vote> votes;
    private final OutputTag<DeadLetter> deadLetters;

    private transient FeatureRoller roller;
    private transient ValueState<Timed<UserState>> users;
    private transient StoredOverflowIds overflow;
    private transient Output output;

    public RollFeatures(
            FeatureSet features,
            RollOptions options,
            OutputTag<Vote> votes,
            OutputTag<DeadLetter> deadLetters) {
        this.features = features;
        this.options = options;
        this.votes = votes;
        this.deadLetters = deadLetters;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void open(OpenContext context) {
        roller = new FeatureRoller(features, options);
        users =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "user",
                                        SerializerTypeInformation.of(
                                                (Class<Timed<UserState>>) (Class) Timed.class,
                                                new UserStateSerializer(features))));
        overflow =
                new StoredOverflowIds(
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "overflowing-event-ids", Types.LONG, Types.LONG)));
        output = new Output(MetricNames.group(getRuntimeContext().getMetricGroup()));
    }

    @Override
    public void processElement(ClickEvent event, Context context, Collector<UserUpdate> out)
            throws Exception {
        output.collector = out;
        output.context = context;
        Timed<UserState> user = users.value();
        if (event.erasure()) {
            erase(event, user, context);
            return;
        }
        if (user == null) {
            user = new Timed<>(roller.begin(event), Timed.NONE);
        }
        roller.onEvent(user.value(), event, overflow, output);
        keep(user, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<UserUpdate> out)
            throws Exception {
        output.collector = out;
        output.context = context;
        Timed<UserState> user = users.value();
        if (user == null || user.timer() != time) {
            return;
        }
        user.setTimer(Timed.NONE);
        roller.onTimer(user.value(), context.getCurrentKey(), time, overflow, output);
        keep(user, context.timerService());
    }

    /** Moments up to the partition's clock come first, so that the erasure's place in the stream decides alone. */
    private void erase(ClickEvent erasure, Timed<UserState> user, Context context)
            throws Exception {
        long incarnation = erasure.lifeClock();
        long time = erasure.lifeClock();
        if (user != null) {
            roller.onTimer(user.value(), erasure.userId(), erasure.lifeClock(), overflow, output);
            roller.reportPending(user.value(), erasure.userId(), output);
            incarnation = user.value().incarnation();
            time = user.value().clock();
            forget(user, context.timerService());
        }
        output.update(
                new UserUpdate(
                        UserUpdate.Kind.ERASURE,
                        erasure.userId(),
                        incarnation,
                        time,
                        features.fingerprint(),
                        false,
                        new double[0]));
        output.vote(Vote.erasure(Hashes.of(erasure.userId()), erasure.lifeClock()));
    }

    private void keep(Timed<UserState> user, TimerService timers) throws Exception {
        if (roller.isGone(user.value())) {
            forget(user, timers);
            return;
        }
        long next = roller.nextMoment(user.value());
        if (next < user.timer()) {
            deleteTimer(user, timers);
            timers.registerEventTimeTimer(next);
            user.setTimer(next);
        }
        users.update(user);
    }

    private void forget(Timed<UserState> user, TimerService timers) {
        deleteTimer(user, timers);
        users.clear();
        overflow.clear();
    }

    private static void deleteTimer(Timed<UserState> user, TimerService timers) {
        if (user.timer() != Timed.NONE) {
            timers.deleteEventTimeTimer(user.timer());
            user.setTimer(Timed.NONE);
        }
    }

    /** Passes on what the roller says about the user at hand. */
    private final class Output implements RollOutput {
        private final Counter counted;
        private final Counter duplicates;
        private final Counter overQuota;
        private final Counter voted;
        private Collector<UserUpdate> collector;
        private Context context;

        Output(MetricGroup group) {
            counted = group.counter(MetricNames.EVENTS_COUNTED);
            duplicates = group.counter(MetricNames.DUPLICATES);
            overQuota = group.counter(MetricNames.OVER_QUOTA);
            voted = group.counter(MetricNames.VOTES);
        }

        @Override
        public void update(UserUpdate update) {
            collector.collect(update);
        }

        @Override
        public void vote(Vote vote) {
            if (!vote.erasure()) {
                voted.inc();
            }
            context.output(votes, vote);
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
            context.output(
                    deadLetters,
                    DeadLetter.newBuilder()
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
                            .build());
        }
    }
}
