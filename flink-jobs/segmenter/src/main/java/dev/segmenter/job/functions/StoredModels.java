// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.state.SpecificRecordSerializer;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** The model versions in use and all labels ever met, in broadcast state: the same in every subtask. */
final class StoredModels {
    private static final int LABELS = 0;

    private final ModelTimeline timeline = new ModelTimeline();
    private final BroadcastState<Long, CentroidSnapshot> snapshots;
    private final BroadcastState<Integer, byte[]> labels;
    // Written by the task, read by metric reporters.
    private volatile CentroidModel newest;

    StoredModels(OperatorStateStore store) throws Exception {
        snapshots =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                "models",
                                LongSerializer.INSTANCE,
                                new SpecificRecordSerializer<>(CentroidSnapshot.class)));
        labels =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                "labels",
                                IntSerializer.INSTANCE,
                                BytePrimitiveArraySerializer.INSTANCE));
        Map<Long, CentroidSnapshot> ordered = new TreeMap<>();
        snapshots.entries().forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        ordered.values().forEach(snapshot -> timeline.add(CentroidModel.of(snapshot)));
        byte[] written = labels.get(LABELS);
        if (written != null) {
            timeline.readLabels(new DataInputStream(new ByteArrayInputStream(written)));
        }
        newest = timeline.newest();
    }

    ModelTimeline timeline() {
        return timeline;
    }

    /** The highest version, or null; from any thread. */
    CentroidModel newest() {
        return newest;
    }

    void add(CentroidModel model) throws Exception {
        timeline.add(model);
        newest = model;
        snapshots.put(model.version(), model.snapshot());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        timeline.writeLabels(new DataOutputStream(bytes));
        labels.put(LABELS, bytes.toByteArray());
    }

    /** Forgets the versions that decide nothing from this event time, ms, on. */
    void dropBefore(long time) throws Exception {
        int before = timeline.models().size();
        timeline.dropBefore(time);
        if (timeline.models().size() == before) {
            return;
        }
        Set<Long> kept = new HashSet<>();
        timeline.models().forEach(model -> kept.add(model.version()));
        List<Long> dropped = new ArrayList<>();
        snapshots
                .immutableEntries()
                .forEach(
                        entry -> {
                            if (!kept.contains(entry.getKey())) {
                                dropped.add(entry.getKey());
                            }
                        });
        for (Long version : dropped) {
            snapshots.remove(version);
        }
    }
}
