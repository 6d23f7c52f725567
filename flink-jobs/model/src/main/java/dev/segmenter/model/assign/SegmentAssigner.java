// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import java.util.Arrays;

/**
 * Decides when a user moves between segments, and why.
 *
 * <p>Each user has one line of moments: updates, and between them the ends of guards. A moment is
 * decided by the model effective at it; a guard's end uses the vector of the update before it. All
 * ends due are worked off before the next update is, so that it makes no difference whether a timer
 * or the next update gets to them first.
 *
 * <p>At a moment the nearest segment other than the current one becomes the candidate. The move
 * happens once it is nearer by the margin, the current segment was held for the stay, and the
 * candidate was the nearest for the confirmation; if only time is missing, the later end is the
 * next moment. A current segment that the model no longer has stops nobody. The first segment of a
 * life waits for the confirmation only: the first event of a session says little about a user. The
 * candidate's cause is decided when it arises: MODEL if another version than before puts the vector <em>before</em>
 * elsewhere than it was, so that the user need not have done anything; else BEHAVIOUR.
 *
 * <p>Reuses scratch: one instance a thread.
 */
public final class SegmentAssigner {
    /** What a way takes off a lead: the nearest centroid may be left behind, and another one come closer. */
    private static final double BOTH_ENDS = 2 * (1 + Distances.ROUNDING);

    private final Guards guards;
    private final long stay;
    private final long confirmation;
    private final long emitChangesFrom;
    private final FeatureSet features;
    private final long fingerprint;
    private final double[] clustered;
    private final Position position;
    private final AssignRecords records;

    public SegmentAssigner(FeatureSet features, AssignOptions options) {
        this.features = features;
        fingerprint = features.fingerprint();
        guards = options.guards();
        stay = guards.stay().toMillis();
        confirmation = guards.confirmation().toMillis();
        emitChangesFrom = options.emitChangesFrom();
        clustered = new double[features.dimension()];
        position = new Position(features);
        records = new AssignRecords(features, options);
    }

    /**
     * Handles one update after the guards due by then. State is null for a new user, the result for
     * one who is gone. A greater incarnation than the state's begins a new life, whether or not the
     * end of the former was seen; an update of a former life, other than an erasure, is ignored.
     */
    public UserSegment onUpdate(
            UserSegment state, UserUpdate update, ModelTimeline models, AssignOutput out) {
        boolean stale = state != null && update.incarnation() < state.incarnation;
        return switch (update.kind()) {
            case VECTOR -> stale ? state : onVector(state, update, models, out);
            case EXPIRY -> stale ? state : onExit(state, update, Cause.EXPIRY, models, out);
            case ERASURE -> onExit(state, update, Cause.ERASURE, models, out);
        };
    }

    /** Works off the guards that end at or before an event time, ms, in order. */
    public void onTimer(
            UserSegment s, String userId, long now, ModelTimeline models, AssignOutput out) {
        while (s.nextMoment <= now && s.nextMoment != UserSegment.NEVER) {
            s.lastTime = s.nextMoment;
            s.nextMoment = UserSegment.NEVER;
            if (hasVector(s)) {
                CentroidModel model = models.effectiveAt(s.lastTime);
                decide(s, userId, s.values, model, models, out);
            }
        }
    }

    /**
     * Ends a replay at an event time, ms: the guards due, then a first segment for whoever has a
     * vector and none, by the effective model or else by the newest.
     */
    public void atEnd(
            UserSegment s, String userId, long endTime, ModelTimeline models, AssignOutput out) {
        onTimer(s, userId, endTime, models, out);
        if (s.segmentId != UserSegment.NONE || !hasVector(s)) {
            return;
        }
        s.lastTime = Math.max(endTime, s.lastTime);
        CentroidModel model = models.effectiveAt(s.lastTime);
        if (model == null || model.fingerprint() != fingerprint) {
            model = models.newest();
        }
        s.nextMoment = UserSegment.NEVER;
        if (position.place(s.values, model, s.lastTime, s.keptNearest)) {
            enter(s, userId, Cause.FIRST, models, out);
            s.keepDecided(s.values, fingerprint, s.segmentId, model.version(), position.lead());
        }
    }

    /** When the earliest pending guard ends, event time, ms; Long.MAX_VALUE if none is pending. */
    public long nextMoment(UserSegment s) {
        return s.nextMoment;
    }

    private UserSegment onVector(
            UserSegment state, UserUpdate update, ModelTimeline models, AssignOutput out) {
        if (state != null) {
            advance(state, update, models, out);
        }
        UserSegment s =
                state == null || update.incarnation() > state.incarnation
                        ? new UserSegment(update.incarnation(), update.time())
                        : state;
        s.flagged = update.flagged();
        // A vector that waited through a change of the features can no longer be read.
        if (update.fingerprint() == fingerprint) {
            gather(update.values());
            s.adopt(clustered, fingerprint);
            CentroidModel model = models.effectiveAt(s.lastTime);
            decide(s, update.userId(), clustered, model, models, out);
        }
        return s;
    }

    private UserSegment onExit(
            UserSegment s, UserUpdate update, Cause cause, ModelTimeline models, AssignOutput out) {
        if (s != null) {
            advance(s, update, models, out);
            if (s.segmentId != UserSegment.NONE && countsAsChange(s)) {
                CentroidModel model = models.effectiveAt(s.lastTime);
                out.change(
                        records.exited(
                                s,
                                update.userId(),
                                s.lastTime,
                                cause,
                                labelOf(s.segmentId, model, models),
                                model,
                                distanceToCurrent(s, model)));
            }
        }
        out.left(update.userId());
        return null;
    }

    private void advance(UserSegment s, UserUpdate update, ModelTimeline models, AssignOutput out) {
        long time = Math.max(update.time(), s.lastTime);
        onTimer(s, update.userId(), time, models, out);
        s.lastTime = time;
    }

    /** Decides a vector at the state's last time and keeps it. */
    private void decide(
            UserSegment s,
            String userId,
            double[] values,
            CentroidModel model,
            ModelTimeline models,
            AssignOutput out) {
        s.nextMoment = UserSegment.NEVER;
        boolean known = knowsNearest(s, values, model);
        if (known && isSettled(s)) {
            s.keep(values, fingerprint);
            s.clearCandidate();
            return;
        }
        if (known) {
            position.placeAt(values, model, s.lastTime, s.keptNearest);
        } else if (!position.place(values, model, s.lastTime, s.keptNearest)) {
            s.keepUndecided(values, fingerprint);
            return;
        }
        int nearest = position.nearestSegment();
        if (nearest == s.segmentId) {
            s.clearCandidate();
        } else {
            propose(s, nearest);
            if (guardsAllow(s)) {
                enter(s, userId, causeOf(s), models, out);
            }
        }
        double lead = known ? s.lead : position.lead();
        s.keepDecided(values, fingerprint, nearest, model.version(), lead);
        if (s.segmentId != UserSegment.NONE && s.flagged != s.toldFlagged) {
            tellMembership(s, userId, out);
        }
    }

    /**
     * Whether the nearest segment is the same as of the last vector for sure: that vector was decided by this version,
     * and either is this one or every other centroid was farther from it by more than twice the way from there. What
     * is left of the lead is then right for this vector.
     */
    private boolean knowsNearest(UserSegment s, double[] values, CentroidModel model) {
        if (model == null
                || model.version() != s.keptVersion
                || model.fingerprint() != fingerprint
                || !hasVector(s)
                || s.keptNearest == UserSegment.NONE) {
            return false;
        }
        if (s.lead == 0) {
            return Arrays.equals(values, s.values);
        }
        s.lead = Math.max(0, s.lead - BOTH_ENDS * position.moved(s.values, values, model));
        return s.lead > 0;
    }

    /** Whether the last decision put the user where it is nearest, and told all there is to tell. */
    private static boolean isSettled(UserSegment s) {
        return s.segmentId != UserSegment.NONE
                && s.keptNearest == s.segmentId
                && s.flagged == s.toldFlagged;
    }

    private void propose(UserSegment s, int nearest) {
        if (s.candidateId != nearest) {
            s.candidateId = nearest;
            s.candidateSince = s.lastTime;
            s.candidateByModel = movedByModel(s);
        }
    }

    private static Cause causeOf(UserSegment s) {
        if (s.segmentId == UserSegment.NONE) {
            return Cause.FIRST;
        }
        return s.candidateByModel ? Cause.MODEL : Cause.BEHAVIOUR;
    }

    private boolean movedByModel(UserSegment s) {
        if (position.model().version() == s.keptVersion) {
            return false;
        }
        return s.featuresChanged
                || (s.keptNearest != UserSegment.NONE
                        && position.nearestSegmentOf(s.values) != s.keptNearest);
    }

    /** Whether the candidate may be entered now; if only time is missing, sets the next moment. */
    private boolean guardsAllow(UserSegment s) {
        if (s.segmentId == UserSegment.NONE) {
            return isDue(s, s.candidateSince + confirmation);
        }
        int current = position.model().slotOf(s.segmentId);
        if (current < 0) {
            return true;
        }
        // Negated, since the margin is NaN where both distances are 0, and then nobody moves.
        if (!(position.margin(current, position.nearest()) >= guards.margin())) {
            return false;
        }
        return isDue(s, Math.max(s.since + stay, s.candidateSince + confirmation));
    }

    private static boolean isDue(UserSegment s, long end) {
        if (end > s.lastTime) {
            s.nextMoment = end;
            return false;
        }
        return true;
    }

    private void enter(
            UserSegment s, String userId, Cause cause, ModelTimeline models, AssignOutput out) {
        int slot = position.nearest();
        if (countsAsChange(s)) {
            String leaving = labelOf(s.segmentId, position.model(), models);
            out.change(records.entered(s, userId, position, slot, cause, leaving));
        }
        s.enter(position.model().segmentId(slot), s.lastTime, position.values());
        tellMembership(s, userId, out);
    }

    private void tellMembership(UserSegment s, String userId, AssignOutput out) {
        s.toldFlagged = s.flagged;
        out.membership(records.membership(s, userId, position));
    }

    /** Takes the next sequence number, unless changes of this time are only a backfill. */
    private boolean countsAsChange(UserSegment s) {
        if (s.lastTime < emitChangesFrom) {
            return false;
        }
        s.sequence++;
        return true;
    }

    /** The model of the moment names its own segments, the timeline the dead ones; null for none. */
    private static String labelOf(int segmentId, CentroidModel model, ModelTimeline models) {
        if (segmentId == UserSegment.NONE) {
            return null;
        }
        int slot = model == null ? -1 : model.slotOf(segmentId);
        return slot >= 0 ? model.label(slot) : models.labelOf(segmentId);
    }

    private Double distanceToCurrent(UserSegment s, CentroidModel model) {
        if (!hasVector(s) || !position.place(s.values, model, s.lastTime, s.keptNearest)) {
            return null;
        }
        int slot = model.slotOf(s.segmentId);
        return slot < 0 ? null : (Double) position.distanceSquared(slot);
    }

    private boolean hasVector(UserSegment s) {
        return s.values != null && s.fingerprint == fingerprint;
    }

    private void gather(double[] values) {
        for (int i = 0; i < clustered.length; i++) {
            clustered[i] = values[features.clusteredIndex(i)];
        }
    }
}
