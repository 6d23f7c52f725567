// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words a decision as the records that consumers read. */
final class AssignRecords {
    private final String[] names;
    private final long largestWindow;
    private final double[] differences;
    private final int[] order;

    AssignRecords(FeatureSet features, AssignOptions options) {
        this.largestWindow = options.largestWindow().toMillis();
        this.differences = new double[features.dimension()];
        this.order = new int[features.dimension()];
        this.names = new String[features.dimension()];
        Arrays.setAll(names, i -> features.clusteredFeature(i).name());
    }

    /** The user, still as before the move, enters the segment of a slot. */
    SegmentChange entered(
            UserSegment s,
            String userId,
            Position position,
            int slot,
            Cause cause,
            String leaving) {
        CentroidModel model = position.model();
        SegmentChange change = change(s, userId, position.time(), cause, leaving, model);
        change.setSegmentId(model.segmentId(slot));
        change.setSegmentLabel(model.label(slot));
        change.setDistanceSquared(position.distanceSquared(slot));
        int from = model.slotOf(s.segmentId);
        if (from >= 0) {
            change.setPreviousDistanceSquared(position.distanceSquared(from));
            change.setMargin(position.margin(from, slot));
            change.setContributions(contributions(s, position, from, slot));
        }
        return change;
    }

    /** The user leaves all segments; model and distance as far as there are any. */
    SegmentChange exited(
            UserSegment s,
            String userId,
            long time,
            Cause cause,
            String leaving,
            CentroidModel model,
            Double distanceSquared) {
        SegmentChange change = change(s, userId, time, cause, leaving, model);
        change.setPreviousDistanceSquared(distanceSquared);
        return change;
    }

    /** The user's segment, which must be alive in the position's model, as it is now. */
    SegmentMembership membership(UserSegment s, String userId, Position position) {
        CentroidModel model = position.model();
        int slot = model.slotOf(s.segmentId);
        SegmentMembership membership = new SegmentMembership();
        membership.setUserId(userId);
        membership.setIncarnation(Instant.ofEpochMilli(s.incarnation));
        membership.setSequence(s.sequence);
        membership.setSegmentId(s.segmentId);
        membership.setSegmentLabel(model.label(slot));
        membership.setSince(Instant.ofEpochMilli(s.since));
        membership.setModelVersion(model.version());
        membership.setDistanceSquared(position.distanceSquared(slot));
        membership.setCoverage(coverage(model, position.time()));
        membership.setFlagged(s.flagged);
        membership.setUpdatedAt(Instant.ofEpochMilli(position.time()));
        return membership;
    }

    /** Two numbers follow the last two slashes, so no user id can be read as another's change. */
    static String changeId(String userId, long incarnation, long sequence) {
        return userId + '/' + incarnation + '/' + sequence;
    }

    /** Set field by field: a builder checks and copies each once more. */
    private static SegmentChange change(
            UserSegment s,
            String userId,
            long time,
            Cause cause,
            String leaving,
            CentroidModel model) {
        boolean inSegment = s.segmentId != UserSegment.NONE;
        SegmentChange change = new SegmentChange();
        change.setChangeId(changeId(userId, s.incarnation, s.sequence));
        change.setUserId(userId);
        change.setIncarnation(Instant.ofEpochMilli(s.incarnation));
        change.setSequence(s.sequence);
        change.setEventTime(Instant.ofEpochMilli(time));
        change.setPreviousSegmentId(inSegment ? s.segmentId : null);
        change.setPreviousSegmentLabel(inSegment ? leaving : null);
        change.setCause(cause);
        change.setModelVersion(model == null ? null : model.version());
        change.setModelId(model == null ? null : model.snapshot().getModelId());
        change.setContributions(List.of());
        change.setActions(List.of());
        return change;
    }

    /** The largest first, of equals in the order of the features. */
    private List<Contribution> contributions(UserSegment s, Position position, int from, int to) {
        for (int i = 0; i < order.length; i++) {
            differences[i] = position.contribution(i, from, to);
            rank(i);
        }
        List<Contribution> contributions = new ArrayList<>(order.length);
        for (int i : order) {
            contributions.add(
                    new Contribution(
                            names[i], s.entryValues[i], position.values()[i], differences[i]));
        }
        return contributions;
    }

    /** Puts a feature behind those before it that differ as much or more; NaN is the least. */
    private void rank(int feature) {
        double key = -Math.abs(differences[feature]);
        int place = feature;
        while (place > 0 && Double.compare(-Math.abs(differences[order[place - 1]]), key) > 0) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = feature;
    }

    private double coverage(CentroidModel model, long time) {
        if (largestWindow == 0) {
            return 1;
        }
        long observed = time - model.snapshot().getObservedSince().toEpochMilli();
        return Math.max(0, Math.min(1, (double) observed / largestWindow));
    }
}
