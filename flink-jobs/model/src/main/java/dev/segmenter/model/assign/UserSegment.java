// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.model.Prefetchable;
import java.util.Arrays;

/**
 * What assign knows of one user in one life: the segment held, the candidate for the next one, and
 * the last vector with what was the nearest to it. Mutable; written by {@link SegmentAssigner}.
 */
public final class UserSegment implements Prefetchable {
    /** No segment, no candidate, no nearest: ids are positive. */
    static final int NONE = 0;

    /** No guard is pending. */
    static final long NEVER = Long.MAX_VALUE;

    long incarnation;

    /** Latest moment handled, ms: an update's or a guard's. */
    long lastTime;

    /** Sequence of the last emitted change. */
    long sequence;

    int segmentId;
    long since;

    int candidateId;
    long candidateSince;

    /** Cause frozen when the candidate arose: true for MODEL, false for BEHAVIOUR. */
    boolean candidateByModel;

    /** When the pending guard ends. */
    long nextMoment;

    /** Of the feature set behind both arrays; 0 as long as there is no vector. */
    long fingerprint;

    /** Last values of the clustered features (d, own units), or null. */
    double[] values;

    /** The same when the current segment was entered, or when its features were declared. */
    double[] entryValues;

    /** Segment nearest to the last values under the last version that decided them, or NONE. */
    int keptNearest;

    long keptVersion;

    /**
     * By how many sigmas every other centroid of that version is farther from the last values, at least; 0 if it is not
     * known. Not stored.
     */
    double lead;

    /** True until a model decides vectors of the features declared since the last decision. */
    boolean featuresChanged;

    boolean flagged;

    /** The flag as the last membership told it. */
    boolean toldFlagged;

    UserSegment(long incarnation, long time) {
        begin(incarnation, time);
    }

    /** As new, but for the arrays, which are kept for the next vector; no values yet. */
    final void begin(long newIncarnation, long time) {
        incarnation = newIncarnation;
        lastTime = time;
        sequence = 0;
        segmentId = NONE;
        since = 0;
        clearCandidate();
        nextMoment = NEVER;
        fingerprint = 0;
        keptNearest = NONE;
        keptVersion = 0;
        lead = 0;
        featuresChanged = false;
        flagged = false;
        toldFlagged = false;
    }

    /** Start of this life, event time, ms. */
    public long incarnation() {
        return incarnation;
    }

    /** The segment held, 0 for none. */
    public int segmentId() {
        return segmentId;
    }

    /** When it was entered, event time, ms. */
    public long since() {
        return since;
    }

    /** Number of changes emitted in this life. */
    public long sequence() {
        return sequence;
    }

    /** Version of the model behind the latest decision, 0 before the first. */
    public long modelVersion() {
        return keptVersion;
    }

    /** Latest moment handled, event time, ms. */
    public long lastTime() {
        return lastTime;
    }

    @Override
    public long touch() {
        return lastTime + keptVersion;
    }

    /** Entry values are read with changes only, for which there is a candidate before. */
    @Override
    public long touchArrays() {
        return touch(values) + (candidateId == NONE ? 0 : touch(entryValues));
    }

    private static long touch(double[] array) {
        long sum = 0;
        for (int i = 0; array != null && i < array.length; i += CACHE_LINE / Double.BYTES) {
            sum += Double.doubleToRawLongBits(array[i]);
        }
        return sum;
    }

    final void clearCandidate() {
        candidateId = NONE;
        candidateSince = 0;
        candidateByModel = false;
    }

    void enter(int segment, long time, double[] valuesNow) {
        segmentId = segment;
        since = time;
        entryValues = copyInto(entryValues, valuesNow);
        clearCandidate();
    }

    /** Voids what was kept if it is of other features; entry is then told in the new ones. */
    void adopt(double[] valuesNow, long features) {
        if (values == null || fingerprint == features) {
            return;
        }
        values = null;
        keptNearest = NONE;
        lead = 0;
        featuresChanged = true;
        entryValues = segmentId == NONE ? null : valuesNow.clone();
    }

    /** Keeps a vector together with the model's word on it, and by how much the nearest leads, 0 if not known. */
    void keepDecided(double[] valuesNow, long features, int nearest, long version, double leadNow) {
        keep(valuesNow, features);
        keptNearest = nearest;
        keptVersion = version;
        lead = leadNow;
        featuresChanged = false;
    }

    /** Keeps a vector that no model could decide; an unchanged one keeps its nearest. */
    void keepUndecided(double[] valuesNow, long features) {
        if (!Arrays.equals(values, valuesNow)) {
            keptNearest = NONE;
            lead = 0;
        }
        keep(valuesNow, features);
    }

    void keep(double[] valuesNow, long features) {
        double[] kept = copyInto(values, valuesNow);
        // A reference written into an old object is work for the garbage collector.
        if (kept != values) {
            values = kept;
        }
        fingerprint = features;
    }

    static double[] copyInto(double[] target, double[] source) {
        if (target == null || target.length != source.length) {
            return source.clone();
        }
        System.arraycopy(source, 0, target, 0, source.length);
        return target;
    }
}
