// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.oracle.OracleResult.Output;
import dev.segmenter.oracle.OracleResult.OverQuota;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole job but for its training, slowly: what raw events and published snapshots must have led
 * to in exact assignment. One user after the other; no panes, no timers, no watermarks, and nothing
 * of the code it judges but declarations and the interfaces to report to.
 */
public final class Oracle {
    private final OracleSettings settings;
    private final List<SlowModel> models;
    private final long endTime;
    private final Map<String, List<Output>> outputs = new TreeMap<>();
    private final List<OverQuota> overQuota = new ArrayList<>();
    private long counted;
    private long duplicates;

    private Oracle(OracleSettings settings, List<CentroidSnapshot> snapshots, long endTime) {
        this.settings = settings;
        this.models = SlowAssigner.modelsOf(snapshots, settings.features());
        this.endTime = endTime;
    }

    /**
     * Replays records, in the order of arrival within each partition and each user, under snapshots
     * in the order of their versions, up to an event time, ms.
     */
    public static OracleResult replay(
            OracleSettings settings,
            List<RawEvent> records,
            List<CentroidSnapshot> snapshots,
            long endTime) {
        Oracle oracle = new Oracle(settings, snapshots, endTime);
        Admission admission = new Admission(settings);
        records.forEach(admission::arrive);
        admission.admitted.forEach(oracle::user);
        return new OracleResult(
                oracle.outputs,
                oracle.counted,
                oracle.duplicates,
                admission.late,
                oracle.overQuota);
    }

    private void user(String userId, List<ClickEvent> events) {
        List<Output> own = new ArrayList<>();
        SlowAssigner assigner =
                new SlowAssigner(settings.features(), settings.assign(), userId, into(own), models);
        SlowRoller roller =
                new SlowRoller(settings.features(), settings.roll(), userId, into(assigner));
        events.forEach(roller::onEvent);
        roller.end(endTime);
        assigner.end(endTime);
        if (!own.isEmpty()) {
            outputs.put(userId, own);
        }
    }

    private RollOutput into(SlowAssigner assigner) {
        return new RollOutput() {
            @Override
            public void update(UserUpdate update) {
                assigner.handle(update);
            }

            @Override
            public void vote(Vote vote) {}

            @Override
            public void duplicate() {
                duplicates++;
            }

            @Override
            public void counted() {
                counted++;
            }

            @Override
            public void overQuota(String userId, long minuteStart, long count) {
                overQuota.add(new OverQuota(userId, minuteStart, count));
            }
        };
    }

    private static AssignOutput into(List<Output> outputs) {
        return new AssignOutput() {
            @Override
            public void change(SegmentChange change) {
                outputs.add(Output.of(change));
            }

            @Override
            public void membership(SegmentMembership membership) {
                outputs.add(Output.of(membership));
            }

            @Override
            public void left(String userId) {
                outputs.add(Output.tombstone());
            }
        };
    }
}
