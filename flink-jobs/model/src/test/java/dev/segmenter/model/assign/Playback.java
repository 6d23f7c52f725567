// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** One user's history on its way through an assigner, a step at a time, as an operator would drive it. */
final class Playback {
    private final History history;
    private final SegmentAssigner assigner;
    private final UserSegmentCodec codec = new UserSegmentCodec();
    private final Recorder out = new Recorder();
    private ModelTimeline models = new ModelTimeline();
    private UserSegment state;
    private int next;

    Playback(History history) {
        this(history, new SegmentAssigner(History.FEATURES, history.options()));
    }

    Playback(History history, SegmentAssigner assigner) {
        this.history = history;
        this.assigner = assigner;
    }

    /** All models at hand from the start, no timer ever: every guard is caught up by an update. */
    static Recorder caughtUp(History history) {
        Playback playback = new Playback(history);
        history.models().forEach(playback.models::add);
        while (playback.hasNext()) {
            playback.update();
        }
        return playback.out;
    }

    /** Models arrive and are dropped as late and as early as allowed; timers fire as chance has it. */
    static Recorder withTimers(History history, Random random) {
        Playback playback = new Playback(history);
        while (playback.hasNext()) {
            playback.step(random);
        }
        return playback.out;
    }

    boolean hasNext() {
        return next < history.updates().size();
    }

    Recorder out() {
        return out;
    }

    /** Null while the user is unknown or gone. */
    UserSegment state() {
        return state;
    }

    /** The next update, before it some timers, after it perhaps a restart. */
    void step(Random random) {
        while (state != null && random.nextInt(3) > 0) {
            timer(random);
        }
        learn(history.updates().get(next).time());
        update();
        if (state != null) {
            models.dropBefore(state.lastTime());
        }
        if (random.nextInt(4) == 0) {
            restart();
        }
    }

    private void timer(Random random) {
        long before = history.updates().get(next).time() - state.lastTime();
        long spread = state.lastTime() + (before > 0 ? random.nextInt((int) before) : 0);
        boolean exactly = assigner.nextMoment(state) <= spread && random.nextBoolean();
        long now = exactly ? assigner.nextMoment(state) : spread;
        learn(now);
        assigner.onTimer(state, "u", now, models, out);
    }

    private void update() {
        UserUpdate update = history.updates().get(next++);
        state = assigner.onUpdate(state, update, models, out);
    }

    /** Adds all versions up to the highest one effective by then: later ones need not be there yet. */
    private void learn(long time) {
        CentroidModel effective = null;
        for (CentroidModel model : history.models()) {
            effective = model.effectiveFrom() <= time ? model : effective;
        }
        for (CentroidModel model : history.models()) {
            CentroidModel newest = models.newest();
            if (effective != null
                    && model.version() <= effective.version()
                    && (newest == null || model.version() > newest.version())) {
                models.add(model);
            }
        }
    }

    private void restart() {
        try {
            state = state == null ? null : roundTrip(state);
            ByteArrayOutputStream labels = new ByteArrayOutputStream();
            models.writeLabels(new DataOutputStream(labels));
            ModelTimeline restored = new ModelTimeline();
            restored.readLabels(
                    new DataInputStream(new ByteArrayInputStream(labels.toByteArray())));
            models.models().forEach(restored::add);
            models = restored;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UserSegment roundTrip(UserSegment s) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(s, new DataOutputStream(bytes));
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
