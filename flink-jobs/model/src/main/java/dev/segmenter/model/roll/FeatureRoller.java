// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.util.Optional;

/**
 * Rolls users' events into features along one logical timeline a user, so that the same events give
 * the same updates and votes whether moments are reached by timers or by the next event.
 *
 * <p>The user's clock is the greatest event time or processed moment. An event later than the clock
 * first lets every moment pass that is due at its time, in order; an event older than the clock
 * counts in its own pane and is evaluated at the clock. Moments after the clock:
 *
 * <ul>
 *   <li>an occupied pane has left a window that takes part in distances: where it leaves plus hash(user) mod pane, up to a pane
 *       late. Whatever is processed between the two already sees the pane gone, and the moment is
 *       dropped;
 *   <li>vote: k * voteInterval + hash(user) mod voteInterval, in each interval k;
 *   <li>a clustered recency reaches 1, 2, 4, 8 ... days;
 *   <li>the minute ends in which events were over the quota;
 *   <li>exit: exitAfter after the last event, counted or not. Nothing else happens at that instant.
 * </ul>
 *
 * <p>An update is emitted for the first event of a life, at votes, when a clustered recency reaches
 * such an age, and whenever the user's flag or a value that takes part in distances changed since the
 * clock before; a recency that merely grows is no change. Values that are only reported follow with the
 * next update. Everything at one instant makes one update.
 *
 * <p>A state that stays in memory is measured once; from then on an event works out only what it touches
 * ({@link FeaturePlan}). Immutable but for scratch space: may serve all users, one thread at a time.
 */
public final class FeatureRoller {
    /** Greatest absolute event time, ms, that can be rolled: end of the year 9999. */
    public static final long TIME_LIMIT = 253_402_300_799_999L;

    private static final double[] NO_VALUES = {};

    private final RollOptions options;
    private final FeaturePlan plan;
    private final MinuteQuota quota;
    private final RecentIds recent;
    private final long fingerprint;
    private final long dedup;
    private final long exitAfter;
    private final long voteInterval;
    private final long[] before;
    private final double[] values;
    private boolean flaggedBefore;

    public FeatureRoller(FeatureSet features, RollOptions options) {
        this.options = options;
        this.plan = new FeaturePlan(features);
        this.quota = plan.layout().quota();
        this.recent = plan.layout().ids();
        this.fingerprint = features.fingerprint();
        this.dedup = options.dedup().toMillis();
        this.exitAfter = options.exitAfter().toMillis();
        this.voteInterval = options.voteInterval().toMillis();
        this.before = new long[plan.size()];
        this.values = new double[plan.size()];
    }

    /** A life of which this is the first event; the event itself is then given to onEvent. */
    public UserState begin(ClickEvent first) {
        UserState state = new UserState();
        state.begin(Math.max(first.lifeClock(), first.time()), first.time(), plan.layout());
        return state;
    }

    /**
     * Processes the moments due at the event's time, then the event. If the user left on the way, the
     * event begins the next life in the same state. Refuses an event beyond {@link #TIME_LIMIT}.
     */
    public void onEvent(UserState state, ClickEvent event, OverflowIds ids, RollOutput out) {
        requireTime(event);
        pass(state, event.userId(), event.time(), ids, out);
        if (state.gone) {
            long start = Math.max(event.lifeClock(), event.time());
            state.begin(Math.max(start, state.incarnation + 1), event.time(), plan.layout());
            plan.measure(state, Hashes.of(event.userId()));
        }
        take(state, event, ids, out);
        state.next = next(state);
    }

    /** Processes the moments due at now, ms, in order; harmless too early or too often. */
    public void onTimer(UserState state, String userId, long now, OverflowIds ids, RollOutput out) {
        pass(state, userId, now, ids, out);
    }

    /** When onTimer is to be called next, event time, ms; Long.MAX_VALUE if never. */
    public long nextMoment(UserState state) {
        return state.gone ? Long.MAX_VALUE : state.next;
    }

    /** True once the user has left: clear its state. */
    public boolean isGone(UserState state) {
        return state.gone;
    }

    /**
     * Reports what is over the quota and was not reported yet: before state is cleared from outside. True
     * if there was any, and the state is another now.
     */
    public boolean reportPending(UserState state, String userId, RollOutput out) {
        boolean any = report(state, userId, out);
        if (any && !state.gone) {
            state.measuredBy = null;
        }
        return any;
    }

    private boolean report(UserState state, String userId, RollOutput out) {
        if (quota.over(state) == 0) {
            return false;
        }
        out.overQuota(userId, MinuteQuota.startOf(state.clock), quota.over(state));
        quota.report(state);
        return true;
    }

    /** The user at an instant not before its clock, after the moments due until then; empty if it has left. */
    public Optional<UserUpdate> at(
            UserState state, String userId, long now, OverflowIds ids, RollOutput out) {
        pass(state, userId, now, ids, out);
        if (state.gone) {
            return Optional.empty();
        }
        advance(state, Math.max(state.clock, now), ids);
        plan.values(state, values);
        return Optional.of(
                UserUpdate.vector(
                        userId,
                        state.incarnation,
                        state.clock,
                        fingerprint,
                        quota.flagged(state, state.clock),
                        values.clone()));
    }

    private void pass(UserState state, String userId, long until, OverflowIds ids, RollOutput out) {
        settle(state, userId);
        while (!state.gone && state.next <= until) {
            requireAhead(state, userId);
            moment(state, userId, state.next, ids, out);
            state.next = next(state);
        }
    }

    /** What is stored may stem from other options or windows: everything else is found anew. */
    private void settle(UserState state, String userId) {
        if (!state.gone && state.measuredBy != plan) {
            state.adapt(plan.layout());
            plan.measure(state, Hashes.of(userId));
            state.next = next(state);
        }
    }

    private void moment(
            UserState state, String userId, long time, OverflowIds ids, RollOutput out) {
        if (time == exit(state)) {
            leave(state, userId, time, ids, out);
            return;
        }
        if (time >= quotaReport(state)) {
            report(state, userId, out);
        }
        boolean vote = time == nextVote(state);
        boolean aged = time == plan.nextAge(state);
        remember(state);
        advance(state, time, ids);
        if (changed(state) || vote || aged) {
            update(state, userId, out);
            if (vote && !quota.flagged(state, time)) {
                vote(state.userHash, time, out);
            }
        }
    }

    private void take(UserState state, ClickEvent event, OverflowIds ids, RollOutput out) {
        long time = event.time();
        remember(state);
        advance(state, Math.max(state.clock, time), ids);
        state.lastEvent = Math.max(state.lastEvent, time);
        if (!quota.admits(state, time, state.clock, options.quotaPerMinute())) {
            out.refused();
        } else if (!recent.isNew(state, event.eventIdHash(), time, state.clock, options, ids)) {
            out.duplicate();
        } else {
            plan.add(state, event, options);
            out.counted();
        }
        if (changed(state) || state.fresh) {
            update(state, event.userId(), out);
        }
    }

    private void advance(UserState state, long clock, OverflowIds ids) {
        quota.advance(state, state.clock, clock);
        state.clock = clock;
        recent.advance(state, clock, dedup, ids);
        plan.slide(state);
    }

    private void leave(UserState state, String userId, long time, OverflowIds ids, RollOutput out) {
        report(state, userId, out);
        recent.forgetOverflow(state, ids);
        state.clock = time;
        state.gone = true;
        out.update(
                new UserUpdate(
                        UserUpdate.Kind.EXPIRY,
                        userId,
                        state.incarnation,
                        time,
                        fingerprint,
                        quota.flagged(state, time),
                        NO_VALUES));
    }

    private void update(UserState state, String userId, RollOutput out) {
        plan.values(state, values);
        state.fresh = false;
        boolean flagged = quota.flagged(state, state.clock);
        out.values(userId, state.incarnation, state.clock, fingerprint, flagged, values);
    }

    private void vote(long userHash, long time, RollOutput out) {
        long interval = Math.floorDiv(time, voteInterval);
        long priority = Hashes.of(userHash, interval);
        out.vote(new Vote(false, userHash, time, interval, priority, fingerprint, values.clone()));
    }

    private void remember(UserState state) {
        plan.remember(state, before);
        flaggedBefore = quota.flagged(state, state.clock);
    }

    private boolean changed(UserState state) {
        return flaggedBefore != quota.flagged(state, state.clock) || plan.differs(before, state);
    }

    private long next(UserState state) {
        if (state.gone) {
            return Long.MAX_VALUE;
        }
        long wake = Math.min(nextVote(state), exit(state));
        wake = Math.min(wake, quotaReport(state));
        wake = Math.min(wake, plan.nextAge(state));
        return Math.min(wake, state.leaving);
    }

    private long nextVote(UserState state) {
        if (state.vote <= state.clock) {
            long offset = Math.floorMod(state.userHash, voteInterval);
            long sinceVote = Math.floorMod(state.clock - offset, voteInterval);
            state.vote = state.clock + voteInterval - sinceVote;
        }
        return state.vote;
    }

    /** After the clock, even if exitAfter was longer when the clock was set. */
    private long exit(UserState state) {
        return Math.max(state.lastEvent + exitAfter, state.clock + 1);
    }

    private long quotaReport(UserState state) {
        return quota.over(state) == 0 ? Long.MAX_VALUE : MinuteQuota.minuteEnd(state.clock);
    }

    /** A moment that does not pass would hold its task for ever, and nobody would know why. */
    private static void requireAhead(UserState state, String userId) {
        if (state.next <= state.clock) {
            throw new IllegalStateException(
                    "user '"
                            + userId
                            + "' has a moment at "
                            + state.next
                            + " ms, which its clock, "
                            + state.clock
                            + " ms, has passed: a defect of the windows; please report it");
        }
    }

    private static void requireTime(ClickEvent event) {
        if (Math.abs(event.time()) > TIME_LIMIT) {
            throw new IllegalArgumentException(
                    "event time "
                            + event.time()
                            + " ms of user '"
                            + event.userId()
                            + "' is beyond the year 9999; refuse such events on admission");
        }
    }
}
