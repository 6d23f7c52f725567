// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The records of one user as the schemas describe them, field by field, and their sequence. */
final class SlowRecords {
    private final FeatureSet features;
    private final AssignOptions options;
    private final String userId;
    private final List<SlowModel> models;
    private final AssignOutput out;
    private long incarnation;
    private long sequence;

    SlowRecords(
            FeatureSet features,
            AssignOptions options,
            String userId,
            List<SlowModel> models,
            AssignOutput out) {
        this.features = features;
        this.options = options;
        this.userId = userId;
        this.models = models;
        this.out = out;
    }

    void startLife(long start) {
        incarnation = start;
        sequence = 0;
    }

    /** From one segment, or none, to another; values at the entry of the former, and now. */
    void entered(
            long time,
            SlowModel model,
            int from,
            int to,
            Cause cause,
            double[] entry,
            double[] values) {
        if (time < options.emitChangesFrom()) {
            return;
        }
        SegmentChange change = change(time, model, from, cause);
        change.setSegmentId(to);
        change.setSegmentLabel(model.label(to));
        change.setDistanceSquared(model.squared(values, to));
        if (model.alive(from)) {
            change.setPreviousDistanceSquared(model.squared(values, from));
            change.setMargin(
                    1
                            - Math.sqrt(model.squared(values, to))
                                    / Math.sqrt(model.squared(values, from)));
            change.setContributions(contributions(model, from, to, entry, values));
        }
        out.change(change);
    }

    /** From a segment to none; the model may be null. */
    void left(long time, SlowModel model, int from, Cause cause, double[] values) {
        if (time < options.emitChangesFrom()) {
            return;
        }
        SegmentChange change = change(time, model, from, cause);
        if (model != null && model.decides(values)) {
            change.setPreviousDistanceSquared(model.squared(values, from));
        }
        out.change(change);
    }

    void membership(
            long time, SlowModel model, int held, long since, boolean flagged, double[] values) {
        out.membership(
                new SegmentMembership(
                        userId,
                        Instant.ofEpochMilli(incarnation),
                        sequence,
                        held,
                        model.label(held),
                        Instant.ofEpochMilli(since),
                        model.snapshot.getVersion(),
                        model.squared(values, held),
                        coverage(model.snapshot, time),
                        flagged,
                        Instant.ofEpochMilli(time)));
    }

    void tombstone() {
        out.left(userId);
    }

    private SegmentChange change(long time, SlowModel model, int from, Cause cause) {
        sequence++;
        boolean none = from == SlowModel.NONE;
        SegmentChange change = new SegmentChange();
        change.setChangeId(userId + "/" + incarnation + "/" + sequence);
        change.setUserId(userId);
        change.setIncarnation(Instant.ofEpochMilli(incarnation));
        change.setSequence(sequence);
        change.setEventTime(Instant.ofEpochMilli(time));
        change.setPreviousSegmentId(none ? null : (Integer) from);
        change.setPreviousSegmentLabel(none ? null : labelOf(from, model));
        change.setCause(cause);
        change.setModelVersion(model == null ? null : (Long) model.snapshot.getVersion());
        change.setModelId(model == null ? null : model.snapshot.getModelId());
        change.setContributions(List.of());
        change.setActions(List.of());
        return change;
    }

    /** As the newest version up to this one names the segment, alive or dying. */
    private String labelOf(int segment, SlowModel model) {
        String label = null;
        for (SlowModel known : models) {
            CentroidSnapshot snapshot = known.snapshot;
            if (model != null && snapshot.getVersion() <= model.snapshot.getVersion()) {
                for (Lineage lineage : snapshot.getLineage()) {
                    label = lineage.getSegmentId() == segment ? lineage.getLabel() : label;
                }
                for (Centroid centroid : snapshot.getCentroids()) {
                    label = centroid.getSegmentId() == segment ? centroid.getLabel() : label;
                }
            }
        }
        return label;
    }

    private List<Contribution> contributions(
            SlowModel model, int from, int to, double[] entry, double[] values) {
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < features.dimension(); i++) {
            double contribution = model.contribution(values, i, from, to);
            contributions.add(
                    new Contribution(
                            features.clusteredFeature(i).name(),
                            entry[i],
                            values[i],
                            contribution));
        }
        contributions.sort(
                (a, b) ->
                        Double.compare(
                                Math.abs(b.getContribution()), Math.abs(a.getContribution())));
        return contributions;
    }

    private double coverage(CentroidSnapshot snapshot, long time) {
        long window = options.largestWindow().toMillis();
        long seen = time - snapshot.getObservedSince().toEpochMilli();
        return window == 0 ? 1 : Math.min(1, Math.max(0, (double) seen / window));
    }
}
