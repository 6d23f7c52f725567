// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.Timed;
import dev.segmenter.job.state.UserStateSerializer;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.EventIdTable;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.UserState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Rolls each user's events into features as the job does, and lets each live user vote once, at the greatest event
 * time there is. For batch execution: the end is told first, then events come user by user, in the order of
 * their partition, and a user's timer fires behind its last event.
 */
public final class FinalVotes
        extends KeyedBroadcastProcessFunction<String, ClickEvent, Long, Vote> {
    private static final long serialVersionUID = 1L;

    /** Names of the figures that the job returns. */
    public static final String EVENTS = "events";

    public static final String USERS = "users";
    public static final String LIVE_USERS = "live-users";
    public static final String FLAGGED_USERS = "flagged-users";
    public static final String FIRST_EVENT_TIME = "first-event-time";
    public static final String LAST_EVENT_TIME = "last-event-time";

    /** Within one moment of the partition's clock the order of arrival is not kept: erasures come last, as they did. */
    private static final Comparator<ClickEvent> WITHIN_A_MOMENT =
            Comparator.comparing((ClickEvent event) -> event.erasure())
                    .thenComparingLong(ClickEvent::time)
                    .thenComparingLong(ClickEvent::eventIdHash);

    private final FeatureSet features;
    private final RollOptions options;
    private final long seed;

    private final LongCounter events = new LongCounter();
    private final LongCounter users = new LongCounter();
    private final LongCounter liveUsers = new LongCounter();
    private final LongCounter flaggedUsers = new LongCounter();
    private final LongMinimum first = new LongMinimum(Long.MAX_VALUE);
    private final LongMaximum last = new LongMaximum(Long.MIN_VALUE);

    private transient FeatureRoller roller;
    private transient ValueState<Timed<UserState>> state;

    /** Of the user at hand, as is what follows; batch execution has no other and restores none. */
    private transient EventIdTable overflow;

    /** Of one moment. */
    private transient List<ClickEvent> moment;

    private transient long end;

    /** The seed makes the votes' priorities, by which they are sampled. */
    public FinalVotes(FeatureSet features, RollOptions options, long seed) {
        this.features = features;
        this.options = options;
        this.seed = seed;
    }

    @Override
    public void open(OpenContext context) {
        roller = new FeatureRoller(features, options);
        state =
                getRuntimeContext()
                        .getState(
                                UserOperator.descriptor(
                                        RollFeatures.STATE, new UserStateSerializer(features)));
        overflow = new EventIdTable();
        moment = new ArrayList<>();
        end = Long.MIN_VALUE;
        getRuntimeContext().addAccumulator(EVENTS, events);
        getRuntimeContext().addAccumulator(USERS, users);
        getRuntimeContext().addAccumulator(LIVE_USERS, liveUsers);
        getRuntimeContext().addAccumulator(FLAGGED_USERS, flaggedUsers);
        getRuntimeContext().addAccumulator(FIRST_EVENT_TIME, first);
        getRuntimeContext().addAccumulator(LAST_EVENT_TIME, last);
    }

    @Override
    public void processBroadcastElement(Long time, Context context, Collector<Vote> out) {
        end = Math.max(end, time);
    }

    @Override
    public void processElement(ClickEvent event, ReadOnlyContext context, Collector<Vote> out)
            throws Exception {
        if (!moment.isEmpty() && moment.get(0).lifeClock() != event.lifeClock()) {
            roll();
        }
        moment.add(event);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    private void roll() throws Exception {
        moment.sort(WITHIN_A_MOMENT);
        for (ClickEvent event : moment) {
            if (event.erasure()) {
                forget();
            } else {
                roll(event);
            }
        }
        moment.clear();
    }

    private void roll(ClickEvent event) throws Exception {
        Timed<UserState> user = state.value();
        if (user == null) {
            user = new Timed<>(roller.begin(event), Timed.NONE);
        }
        roller.onEvent(user.value(), event, overflow, Silent.OUTPUT);
        state.update(user);
        events.add(1);
        first.add(event.time());
        last.add(event.time());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Vote> out) throws Exception {
        roll();
        users.add(1);
        Timed<UserState> user = state.value();
        if (user != null) {
            roller.at(user.value(), context.getCurrentKey(), end, overflow, Silent.OUTPUT)
                    .ifPresent(update -> vote(update, out));
        }
        forget();
    }

    private void vote(UserUpdate update, Collector<Vote> out) {
        liveUsers.add(1);
        if (update.flagged()) {
            flaggedUsers.add(1);
            return;
        }
        long userHash = Hashes.of(update.userId());
        out.collect(
                new Vote(
                        false,
                        userHash,
                        end,
                        0,
                        Hashes.of(userHash, seed),
                        update.fingerprint(),
                        update.values()));
    }

    private void forget() {
        state.clear();
        overflow.dropBefore(Long.MAX_VALUE);
    }
}
