// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From one user's updates and all snapshots to its records: every moment of a life is remembered,
 * and candidate, its age, its cause and pending guards are read off that list each time.
 */
public final class SlowAssigner {
    private static final int NONE = SlowModel.NONE;

    /**
     * One moment. Where no model could decide, the nearest is the one before if the values are the
     * ones before, else none; the model is the last that decided.
     */
    private record Seen(
            long time,
            double[] values,
            boolean decided,
            SlowModel model,
            int nearest,
            int held,
            boolean flagged) {

        Seen moved(int to) {
            return new Seen(time, values, decided, model, nearest, to, flagged);
        }
    }

    private final FeatureSet features;
    private final AssignOptions options;
    private final List<SlowModel> models;
    private final SlowRecords records;
    private List<Seen> life = new ArrayList<>();
    private long incarnation = Long.MIN_VALUE;
    private boolean flagged;
    private boolean toldFlag;

    /** One user under all snapshots, in the order of their versions. */
    public SlowAssigner(
            FeatureSet features,
            AssignOptions options,
            String userId,
            List<CentroidSnapshot> snapshots,
            AssignOutput out) {
        this(features, options, userId, out, modelsOf(snapshots, features));
    }

    SlowAssigner(
            FeatureSet features,
            AssignOptions options,
            String userId,
            AssignOutput out,
            List<SlowModel> models) {
        this.features = features;
        this.options = options;
        this.models = models;
        this.records = new SlowRecords(features, options, userId, models, out);
    }

    static List<SlowModel> modelsOf(List<CentroidSnapshot> snapshots, FeatureSet features) {
        return snapshots.stream().map(snapshot -> new SlowModel(snapshot, features)).toList();
    }

    /** Takes the next update, after the guards that end by then. */
    public void handle(UserUpdate update) {
        passGuards(update.time());
        if (update.kind() == UserUpdate.Kind.VECTOR) {
            if (update.incarnation() > incarnation) {
                startLife(update.incarnation());
            }
            flagged = update.flagged();
            decide(update.time(), clustered(update.values()), modelAt(update.time()));
        } else {
            long time = Math.max(update.time(), life.isEmpty() ? update.time() : seen().time);
            leave(time, Cause.valueOf(update.kind().name()));
            startLife(update.incarnation());
        }
    }

    /** Ends a replay at an event time, ms: nobody with a vector is left without a segment. */
    public void end(long endTime) {
        passGuards(endTime);
        if (!life.isEmpty() && held() == NONE) {
            long time = Math.max(endTime, seen().time);
            SlowModel model = modelAt(time);
            boolean fits =
                    model != null && model.snapshot.getFingerprint() == features.fingerprint();
            decideLast(
                    time,
                    seen().values,
                    fits || models.isEmpty() ? model : models.get(models.size() - 1));
        }
    }

    /** No guard holds back the first segment of a user whose replay ends. */
    private void decideLast(long time, double[] values, SlowModel model) {
        if (model != null && model.decides(values)) {
            int nearest = model.nearest(values);
            life.add(new Seen(time, values, true, model, nearest, NONE, flagged));
            enter(Cause.FIRST);
        }
    }

    private void passGuards(long until) {
        for (Long end = guardEnd(); end != null && end <= until; end = guardEnd()) {
            decide(end, seen().values, modelAt(end));
        }
    }

    private void startLife(long start) {
        life = new ArrayList<>();
        incarnation = start;
        flagged = false;
        toldFlag = false;
        records.startLife(start);
    }

    private void decide(long time, double[] values, SlowModel model) {
        if (model == null || !model.decides(values)) {
            life.add(undecided(time, values));
            return;
        }
        int nearest = model.nearest(values);
        int held = held();
        life.add(new Seen(time, values, true, model, nearest, held, flagged));
        if (held == NONE) {
            if (time >= confirmed()) {
                enter(Cause.FIRST);
            }
        } else if (nearest != held && (!model.alive(held) || allowed())) {
            enter(causeOfCandidate());
        } else if (flagged != toldFlag) {
            tellMembership();
        }
    }

    private Seen undecided(long time, double[] values) {
        if (life.isEmpty()) {
            return new Seen(time, values, false, null, NONE, NONE, flagged);
        }
        Seen before = seen();
        int nearest = Arrays.equals(values, before.values) ? before.nearest : NONE;
        return new Seen(time, values, false, before.model, nearest, before.held, flagged);
    }

    private boolean allowed() {
        return marginHolds() && seen().time >= earliest();
    }

    /** End of the guard that the last moment waits for, if only time is missing. */
    private Long guardEnd() {
        if (life.isEmpty() || !seen().decided || seen().nearest == held()) {
            return null;
        }
        if (held() == NONE) {
            return confirmed();
        }
        return marginHolds() ? earliest() : null;
    }

    private boolean marginHolds() {
        double current = Math.sqrt(seen().model.squared(seen().values, held()));
        double candidate = Math.sqrt(seen().model.squared(seen().values, seen().nearest));
        return current > 0 && 1 - candidate / current >= options.guards().margin();
    }

    private long earliest() {
        return Math.max(
                life.get(heldFrom()).time + options.guards().stay().toMillis(), confirmed());
    }

    /** When the last moment's nearest has been the nearest for the confirmation. */
    private long confirmed() {
        return life.get(candidateFrom()).time + options.guards().confirmation().toMillis();
    }

    /** Index of the moment at which the segment held was entered. */
    private int heldFrom() {
        int i = life.size() - 1;
        while (i > 0 && life.get(i - 1).held == held()) {
            i--;
        }
        return i;
    }

    /** Index of the first of the unbroken run of decisions with the last one's nearest. */
    private int candidateFrom() {
        int from = life.size() - 1;
        for (int i = from; i >= 0; i--) {
            if (life.get(i).decided && life.get(i).nearest != seen().nearest) {
                break;
            }
            from = life.get(i).decided ? i : from;
        }
        return from;
    }

    private Cause causeOfCandidate() {
        Seen first = life.get(candidateFrom());
        Seen before = life.get(candidateFrom() - 1);
        boolean newVersion =
                first.model.snapshot.getVersion() != before.model.snapshot.getVersion();
        boolean movedWithoutTheUser =
                before.nearest != NONE && first.model.nearest(before.values) != before.nearest;
        return newVersion && movedWithoutTheUser ? Cause.MODEL : Cause.BEHAVIOUR;
    }

    private void enter(Cause cause) {
        Seen at = seen();
        double[] entry = at.held == NONE ? at.values : life.get(heldFrom()).values;
        records.entered(at.time, at.model, at.held, at.nearest, cause, entry, at.values);
        life.set(life.size() - 1, at.moved(at.nearest));
        tellMembership();
    }

    private void tellMembership() {
        Seen at = seen();
        toldFlag = flagged;
        long since = life.get(heldFrom()).time;
        records.membership(at.time, at.model, at.held, since, flagged, at.values);
    }

    private void leave(long time, Cause cause) {
        if (held() != NONE) {
            records.left(time, modelAt(time), held(), cause, seen().values);
        }
        records.tombstone();
    }

    private Seen seen() {
        return life.get(life.size() - 1);
    }

    private int held() {
        return life.isEmpty() ? NONE : seen().held;
    }

    private SlowModel modelAt(long time) {
        return SlowModel.effectiveAt(models, time);
    }

    private double[] clustered(double[] values) {
        return IntStream.range(0, features.dimension())
                .mapToDouble(i -> values[features.clusteredIndex(i)])
                .toArray();
    }
}
