// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the job keeps of one user in keyed state: features, timer, segment; and the last vector. */
final class InMemoryUser {
    private static final long NEVER = Long.MAX_VALUE;

    private final String id;
    private final OverflowIds overflow = new HeapOverflowIds();
    private UserState state;
    private UserSegment segment;
    private double[] values;
    private long timer = NEVER;

    InMemoryUser(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** When to wake, event time, ms; Long.MAX_VALUE if never. */
    long timer() {
        return timer;
    }

    boolean isDue(long time) {
        return timer == time;
    }

    void take(ClickEvent event, FeatureRoller roller, RollOutput out) {
        if (state == null) {
            state = roller.begin(event);
        }
        roller.onEvent(state, event, overflow, out);
    }

    void wake(long time, FeatureRoller roller, RollOutput out) {
        timer = NEVER;
        roller.onTimer(state, id, time, overflow, out);
    }

    /** Drops the state of a user who has left; true if a timer is to be set at {@link #timer()}. */
    boolean reschedule(FeatureRoller roller) {
        if (roller.isGone(state)) {
            state = null;
            timer = NEVER;
            return false;
        }
        long next = roller.nextMoment(state);
        boolean earlier = next < timer;
        timer = Math.min(next, timer);
        return earlier;
    }

    void decide(
            UserUpdate update, SegmentAssigner assigner, ModelTimeline models, AssignOutput out) {
        segment = assigner.onUpdate(segment, update, models, out);
        values = update.kind() == UserUpdate.Kind.VECTOR ? update.values() : null;
    }

    void end(long time, SegmentAssigner assigner, ModelTimeline models, AssignOutput out) {
        if (segment != null && models.newest() != null) {
            assigner.atEnd(segment, id, time, models, out);
        }
    }

    /** Empty for a user who has left. */
    Optional<FinalState.User> finalState() {
        return segment == null
                ? Optional.empty()
                : Optional.of(new FinalState.User(id, segment.segmentId(), values));
    }

    private static final class HeapOverflowIds implements OverflowIds {
        private final Map<Long, Long> times = new HashMap<>();

        @Override
        public boolean addIfAbsent(long eventIdHash, long eventTime) {
            return times.putIfAbsent(eventIdHash, eventTime) == null;
        }

        @Override
        public void dropBefore(long eventTime) {
            times.values().removeIf(time -> time < eventTime);
        }
    }
}
