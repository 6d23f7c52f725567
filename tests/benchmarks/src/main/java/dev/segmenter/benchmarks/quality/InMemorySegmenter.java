// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The job's arithmetic on one partition in one thread, without Flink and Kafka: admit, roll, train,
 * assign, in exact assignment. Driven by event time alone, so that equal events give equal results.
 *
 * <p>After each event the watermark follows the greatest event time at the distance of the disorder.
 * It fires the users' timers, closes the trainer's batches, and lets those updates be decided whose
 * models are all known, first in, first out. Guards need no timers of their own: the assigner works off
 * what is due before a user's next update, and every version stays at hand. Erasures are not part of it.
 */
public final class InMemorySegmenter {
    private final FeatureSet features;
    private final long disorder;
    private final long lateness;
    private final long activationDelay;
    private final EventRules rules = EventRules.replay();
    private final EventReducer reducer;
    private final FeatureRoller roller;
    private final Trainer trainer;
    private final SegmentAssigner assigner;
    private final AssignOutput decisions;
    private final Trace trace;
    private final RollOutput rolled = new Rolled();

    private final Map<String, InMemoryUser> users = new LinkedHashMap<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Timer::time).thenComparing(t -> t.user().id()));
    private final Queue<UserUpdate> undecided = new ArrayDeque<>();
    private final ModelTimeline models = new ModelTimeline();
    private long greatest = Long.MIN_VALUE;
    private long counted;

    /** With the options of a job's configuration; decisions go to the given output. */
    public InMemorySegmenter(SegmenterConfig config, AssignOutput decisions) {
        this(config, decisions, Trace.NONE);
    }

    /** The same, watched: the trace sees what the decisions are made of. */
    public InMemorySegmenter(SegmenterConfig config, AssignOutput decisions, Trace trace) {
        this.features = config.features();
        this.disorder = config.disorder().toMillis();
        this.lateness = config.lateness().toMillis();
        this.activationDelay = config.trainer().activationDelay().toMillis();
        this.reducer = new EventReducer(rules, features);
        this.roller = new FeatureRoller(features, config.roll());
        this.trainer = new Trainer(features, config.trainer());
        this.assigner = new SegmentAssigner(features, config.assign());
        this.decisions = decisions;
        this.trace = trace;
    }

    /** Takes the next event of the log; one that is invalid or late does not count. */
    public void process(Event event) {
        long time = event.getEventTime().toEpochMilli();
        if (rules.violation(event) != null || isLate(time)) {
            return;
        }
        greatest = Math.max(greatest, time);
        InMemoryUser user = users.computeIfAbsent(event.getUserId(), InMemoryUser::new);
        user.take(reducer.reduce(event, greatest), roller, rolled);
        schedule(user);
        advanceTo(greatest - disorder - 1);
    }

    /** Ends the log at its greatest event time: everybody live then gets a segment. */
    public FinalState finish() {
        if (greatest == Long.MIN_VALUE) {
            throw new IllegalStateException("no event was valid and in time; check the log");
        }
        advanceTo(greatest);
        trainer.finish(greatest).ifPresent(this::learn);
        undecided.forEach(this::decide);
        undecided.clear();
        trace.end(greatest);
        List<FinalState.User> live = new ArrayList<>();
        for (InMemoryUser user : users.values()) {
            user.end(greatest, assigner, models, decisions);
            user.finalState().ifPresent(live::add);
        }
        return new FinalState(features, models.newest(), live, counted);
    }

    private boolean isLate(long time) {
        return greatest != Long.MIN_VALUE && time < greatest - lateness;
    }

    private void advanceTo(long watermark) {
        while (!timers.isEmpty() && timers.peek().time() <= watermark) {
            Timer timer = timers.poll();
            if (timer.user().isDue(timer.time())) {
                timer.user().wake(timer.time(), roller, rolled);
                schedule(timer.user());
            }
        }
        trainer.advanceTo(watermark).forEach(this::learn);
        while (!undecided.isEmpty() && undecided.peek().time() - activationDelay <= watermark) {
            decide(undecided.poll());
        }
    }

    private void schedule(InMemoryUser user) {
        if (user.reschedule(roller)) {
            timers.add(new Timer(user.timer(), user));
        }
    }

    private void learn(CentroidSnapshot snapshot) {
        CentroidModel model = CentroidModel.of(snapshot);
        models.add(model);
        trace.model(model);
    }

    private void decide(UserUpdate update) {
        trace.update(update);
        users.get(update.userId()).decide(update, assigner, models, decisions);
    }

    /** Sees updates in the order in which they are decided, and model versions as they are published. */
    public interface Trace {
        /** Sees nothing. */
        Trace NONE =
                new Trace() {
                    @Override
                    public void update(UserUpdate update) {}

                    @Override
                    public void model(CentroidModel model) {}

                    @Override
                    public void end(long time) {}
                };

        /** An update that is decided next. */
        void update(UserUpdate update);

        /** A version that is known from now on. */
        void model(CentroidModel model);

        /** The log has ended at an event time, ms. */
        void end(long time);
    }

    /** Stale once the user's own timer is another. */
    private record Timer(long time, InMemoryUser user) {}

    /** Passes on what the roller says. */
    private final class Rolled implements RollOutput {
        @Override
        public void update(UserUpdate update) {
            undecided.add(update);
        }

        @Override
        public void vote(Vote vote) {
            trainer.onVote(vote);
        }

        @Override
        public void counted() {
            counted++;
        }

        @Override
        public void duplicate() {}

        @Override
        public void overQuota(String userId, long minuteStart, long count) {}
    }
}
