// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules once more, slowly: every decision of a life is remembered, and candidate, its age, its
 * cause and pending guards are read off that list each time. Euclidean only; one user.
 */
final class SlowOracle {
    /** What is compared of a change. */
    record Move(
            long incarnation,
            long sequence,
            long time,
            Integer from,
            Integer to,
            Cause cause,
            Long version,
            Double fromSquared,
            Double toSquared) {

        static Move of(SegmentChange change) {
            return new Move(
                    change.getIncarnation().toEpochMilli(),
                    change.getSequence(),
                    change.getEventTime().toEpochMilli(),
                    change.getPreviousSegmentId(),
                    change.getSegmentId(),
                    change.getCause(),
                    change.getModelVersion(),
                    change.getPreviousDistanceSquared(),
                    change.getDistanceSquared());
        }
    }

    /** One decision: the nearest segment, and the one held after it. */
    private record Seen(
            long time, double[] values, CentroidSnapshot model, int nearest, int held) {}

    private final History history;
    private final Guards guards;
    private final List<Move> moves = new ArrayList<>();
    private List<Seen> life = new ArrayList<>();
    private double[] last;
    private long incarnation;
    private long sequence;

    private SlowOracle(History history) {
        this.history = history;
        this.guards = history.options().guards();
    }

    static List<Move> movesOf(History history) {
        SlowOracle oracle = new SlowOracle(history);
        history.updates().forEach(oracle::handle);
        return oracle.moves;
    }

    private void handle(UserUpdate update) {
        for (Long end = guardEnd(); end != null && end <= update.time(); end = guardEnd()) {
            decide(end, last);
        }
        if (update.kind() == UserUpdate.Kind.VECTOR) {
            if (update.incarnation() > incarnation) {
                startLife(update.incarnation());
            }
            last = update.values();
            decide(update.time(), last);
        } else {
            leave(update.time(), Cause.valueOf(update.kind().name()));
            startLife(update.incarnation());
        }
    }

    private void startLife(long start) {
        life = new ArrayList<>();
        incarnation = start;
        sequence = 0;
    }

    private void decide(long time, double[] values) {
        CentroidSnapshot model = modelAt(time);
        if (model == null) {
            return;
        }
        int nearest = nearest(model, values);
        int held = held();
        life.add(new Seen(time, values, model, nearest, held));
        if (held == 0) {
            if (time >= earliestFirst()) {
                move(time, Cause.FIRST, null, nearest);
            }
        } else if (nearest != held && (!alive(model, held) || allowed(time))) {
            move(time, causeOfCandidate(), squared(model, values, held), nearest);
        }
    }

    private boolean allowed(long time) {
        return marginHolds() && time >= earliest();
    }

    /** End of the guard that the last decision waits for, if only time is missing. */
    private Long guardEnd() {
        if (life.isEmpty() || seen().nearest == held()) {
            return null;
        }
        if (held() == 0) {
            return earliestFirst();
        }
        return marginHolds() ? earliest() : null;
    }

    private long earliestFirst() {
        return life.get(candidateStart()).time + guards.confirmation().toMillis();
    }

    private boolean marginHolds() {
        double current = Math.sqrt(squared(seen().model, seen().values, held()));
        double candidate = Math.sqrt(squared(seen().model, seen().values, seen().nearest));
        return current > 0 && 1 - candidate / current >= guards.margin();
    }

    private long earliest() {
        return Math.max(
                heldSince() + guards.stay().toMillis(),
                life.get(candidateStart()).time + guards.confirmation().toMillis());
    }

    private long heldSince() {
        int i = life.size() - 1;
        while (i > 0 && life.get(i - 1).held == held()) {
            i--;
        }
        return life.get(i).time;
    }

    /** Index of the first of the unbroken run of decisions with the last one's nearest. */
    private int candidateStart() {
        int i = life.size() - 1;
        while (i > 0 && life.get(i - 1).nearest == seen().nearest) {
            i--;
        }
        return i;
    }

    private Cause causeOfCandidate() {
        Seen first = life.get(candidateStart());
        Seen before = life.get(candidateStart() - 1);
        boolean newVersion = first.model.getVersion() != before.model.getVersion();
        return newVersion && nearest(first.model, before.values) != before.nearest
                ? Cause.MODEL
                : Cause.BEHAVIOUR;
    }

    private void move(long time, Cause cause, Double fromSquared, int to) {
        Seen at = seen();
        emit(time, cause, at.model, fromSquared, to, squared(at.model, at.values, to));
        life.set(life.size() - 1, new Seen(time, at.values, at.model, at.nearest, to));
    }

    private void leave(long time, Cause cause) {
        if (held() != 0) {
            CentroidSnapshot model = modelAt(time);
            emit(time, cause, model, squared(model, last, held()), null, null);
        }
    }

    private void emit(
            long time,
            Cause cause,
            CentroidSnapshot model,
            Double fromSquared,
            Integer to,
            Double toSquared) {
        if (time < history.options().emitChangesFrom()) {
            return;
        }
        sequence++;
        Integer from = held() == 0 ? null : (Integer) held();
        long version = model.getVersion();
        moves.add(
                new Move(
                        incarnation,
                        sequence,
                        time,
                        from,
                        to,
                        cause,
                        version,
                        fromSquared,
                        toSquared));
    }

    private Seen seen() {
        return life.get(life.size() - 1);
    }

    private int held() {
        return life.isEmpty() ? 0 : seen().held;
    }

    private CentroidSnapshot modelAt(long time) {
        return history.models().stream()
                .map(model -> model.snapshot())
                .filter(snapshot -> snapshot.getEffectiveFrom().toEpochMilli() <= time)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private static boolean alive(CentroidSnapshot model, int segment) {
        return model.getCentroids().stream().anyMatch(c -> c.getSegmentId() == segment);
    }

    private static int nearest(CentroidSnapshot model, double[] values) {
        Centroid nearest = null;
        for (Centroid centroid : model.getCentroids()) {
            if (nearest == null
                    || squared(model, values, centroid) < squared(model, values, nearest)) {
                nearest = centroid;
            }
        }
        return nearest.getSegmentId();
    }

    private static Double squared(CentroidSnapshot model, double[] values, int segment) {
        return model.getCentroids().stream()
                .filter(centroid -> centroid.getSegmentId() == segment)
                .map(centroid -> squared(model, values, centroid))
                .findFirst()
                .orElse(null);
    }

    private static double squared(CentroidSnapshot model, double[] values, Centroid centroid) {
        double[] x = {values[0], values[2], StrictMath.log1p(values[3])};
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double sigma = model.getSigma().get(i);
            double mean = model.getMean().get(i);
            if (sigma > 0) {
                double far = 8 * sigma;
                double point = Math.min(Math.max(x[i], mean - far), mean + far);
                double center =
                        Math.min(Math.max(centroid.getVector().get(i), mean - far), mean + far);
                sum += StrictMath.pow((point - center) / sigma, 2);
            }
        }
        return sum;
    }
}
