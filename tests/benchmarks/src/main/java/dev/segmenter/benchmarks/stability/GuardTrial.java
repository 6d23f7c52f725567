// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The users of a recording assigned under some guards. Each user is looked at after every update and
 * every end of a guard; what is found holds until the next of them.
 */
final class GuardTrial {
    private final Recording recording;
    private final FeatureSet features;
    private final ModelTimeline models;
    private final SegmentAssigner assigner;
    private final List<Move> moves = new ArrayList<>();
    private final Fidelity fidelity = new Fidelity();
    private final AssignOutput collected = new Collected();
    private final double[] vector;

    private GuardTrial(Recording recording, Guards guards) {
        this.recording = recording;
        this.features = recording.features();
        this.models = recording.models();
        Duration window = features.largestClusteredWindow();
        AssignOptions options = new AssignOptions(guards, Long.MIN_VALUE, window);
        this.assigner = new SegmentAssigner(features, options);
        this.vector = new double[features.dimension()];
    }

    /** Assigns everybody from the first update to the end of the log. */
    static Outcome run(Recording recording, Guards guards) {
        GuardTrial trial = new GuardTrial(recording, guards);
        recording.updates().values().forEach(trial::play);
        return new Outcome(guards, trial.moves, trial.fidelity);
    }

    private void play(List<UserUpdate> updates) {
        UserSegment state = null;
        for (int i = 0; i < updates.size(); i++) {
            UserUpdate update = updates.get(i);
            state = assigner.onUpdate(state, update, models, collected);
            if (state != null) {
                boolean last = i == updates.size() - 1;
                playUntil(last ? recording.end() : updates.get(i + 1).time(), state, update);
            }
        }
    }

    private void playUntil(long end, UserSegment state, UserUpdate update) {
        long from = update.time();
        for (long next = nextMoment(state, end); next < end; next = nextMoment(state, end)) {
            observe(state, update, from, next);
            assigner.onTimer(state, update.userId(), next, models, collected);
            from = next;
        }
        observe(state, update, from, end);
    }

    private long nextMoment(UserSegment state, long end) {
        return Math.min(assigner.nextMoment(state), end);
    }

    private void observe(UserSegment state, UserUpdate update, long from, long to) {
        CentroidModel model = models.effectiveAt(from);
        int slot = model == null ? -1 : model.slotOf(state.segmentId());
        if (slot < 0) {
            return;
        }
        features.toVector(update.values(), vector);
        model.toFrame(vector, vector);
        double own = Math.sqrt(model.distanceSquared(vector, slot));
        double least = Math.sqrt(model.distanceSquared(vector, model.nearest(vector)));
        fidelity.add(to - from, own, least);
    }

    private final class Collected implements AssignOutput {
        @Override
        public void change(SegmentChange change) {
            Move.of(change).ifPresent(moves::add);
        }

        @Override
        public void membership(SegmentMembership membership) {}

        @Override
        public void left(String userId) {}
    }
}
