// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.schemas.Lineage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The model versions that may still decide a vector, and a dictionary of labels that outlives them:
 * whoever leaves a dead segment is told its name. Not thread-safe.
 *
 * <p>A time is decided by the highest version effective at or before it, so versions may become
 * effective in any order. The dictionary keeps the {@value #MAX_LABELS} youngest segments ever met;
 * a live segment is named by its model, so only users of segments dead for thousands of births
 * lose a label.
 */
public final class ModelTimeline {
    static final int MAX_LABELS = 4096;

    private final List<CentroidModel> models = new ArrayList<>();
    private final TreeMap<Integer, String> labels = new TreeMap<>();

    /** Appends a version; the newest one again is ignored, an older one is refused. */
    public void add(CentroidModel model) {
        CentroidModel newest = newest();
        if (newest != null && model.version() == newest.version()) {
            return;
        }
        if (newest != null && model.version() < newest.version()) {
            throw new IllegalArgumentException(
                    "model version "
                            + model.version()
                            + " after "
                            + newest.version()
                            + ": versions only increase; is a second trainer writing this model?");
        }
        models.add(model);
        learnLabels(model);
    }

    /** The newest version effective at or before an event time, ms; null if none. */
    public CentroidModel effectiveAt(long time) {
        int index = indexAt(time);
        return index < 0 ? null : models.get(index);
    }

    /** The highest version, effective or not; null if none. */
    public CentroidModel newest() {
        return models.isEmpty() ? null : models.get(models.size() - 1);
    }

    /** Forgets the versions that decide no event time, ms, from this one on. */
    public void dropBefore(long time) {
        int index = indexAt(time);
        if (index > 0) {
            models.subList(0, index).clear();
        }
    }

    /** The versions held, in increasing order; a view. */
    public Collection<CentroidModel> models() {
        return Collections.unmodifiableList(models);
    }

    /** Last known label of a segment, alive or not; null if it was never met or is long forgotten. */
    public String labelOf(int segmentId) {
        return labels.get(segmentId);
    }

    /** Writes the label dictionary; the models are the caller's to keep. */
    public void writeLabels(DataOutput out) throws IOException {
        out.writeInt(labels.size());
        for (Map.Entry<Integer, String> entry : labels.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    /** Adds a written dictionary to this one; labels already known here are newer and stay. */
    public void readLabels(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int segmentId = in.readInt();
            labels.putIfAbsent(segmentId, in.readUTF());
        }
        forgetOldest();
    }

    private int indexAt(long time) {
        int index = models.size() - 1;
        while (index >= 0 && models.get(index).effectiveFrom() > time) {
            index--;
        }
        return index;
    }

    private void learnLabels(CentroidModel model) {
        for (Lineage lineage : model.snapshot().getLineage()) {
            labels.put(lineage.getSegmentId(), lineage.getLabel());
        }
        for (int slot = 0; slot < model.size(); slot++) {
            labels.put(model.segmentId(slot), model.label(slot));
        }
        forgetOldest();
    }

    private void forgetOldest() {
        while (labels.size() > MAX_LABELS) {
            labels.pollFirstEntry();
        }
    }
}
