// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;

/**
 * One version of the model, ready to score: k centroids of d features, flat and immutable.
 *
 * <p>A vector enters in transformed units (see FeatureSet.toVector), is winsorised at mean +-
 * {@value #WINSOR_SIGMAS} sigma, and its squared distance to centroid j is the sum over the
 * features of ((x_i - c_ji) / sigma_i)^2; a feature of sigma 0 is inactive. Under the cosine
 * measure vectors and centroids are first brought to length 1 in these units. The reduction order
 * is that of {@link Distances}, everywhere the same.
 */
public final class CentroidModel {
    /** Where vectors are cut off, in sigmas from the mean. */
    public static final double WINSOR_SIGMAS = 8;

    private final CentroidSnapshot snapshot;
    private final Frame frame;
    private final int[] segmentIds;
    private final String[] labels;
    private final Rows rows;
    private final SlotIndex slots;
    private final long version;
    private final long fingerprint;
    private final long effectiveFrom;

    private CentroidModel(CentroidSnapshot snapshot) {
        this.snapshot = snapshot;
        this.frame = Frame.of(snapshot);
        List<Centroid> centroids = snapshot.getCentroids();
        int d = frame.dimension();
        segmentIds = new int[centroids.size()];
        labels = new String[centroids.size()];
        double[] scaled = new double[centroids.size() * d];
        for (int j = 0; j < segmentIds.length; j++) {
            Centroid centroid = centroids.get(j);
            segmentIds[j] = centroid.getSegmentId();
            labels[j] = centroid.getLabel();
            frame.scale(Frame.toArray(centroid.getVector(), d), 0, scaled, j * d);
        }
        rows = new Rows(scaled, segmentIds.length, d);
        slots = new SlotIndex(segmentIds);
        version = snapshot.getVersion();
        fingerprint = snapshot.getFingerprint();
        effectiveFrom = snapshot.getEffectiveFrom().toEpochMilli();
    }

    /** Refuses a snapshot whose arrays disagree in length, or that has no centroid. */
    public static CentroidModel of(CentroidSnapshot snapshot) {
        if (snapshot.getCentroids().isEmpty()) {
            throw new IllegalArgumentException(
                    "snapshot version " + snapshot.getVersion() + " has no centroids");
        }
        return new CentroidModel(snapshot);
    }

    public CentroidSnapshot snapshot() {
        return snapshot;
    }

    public Frame frame() {
        return frame;
    }

    public long version() {
        return version;
    }

    public long fingerprint() {
        return fingerprint;
    }

    /** Event time, ms, from which this version decides. */
    public long effectiveFrom() {
        return effectiveFrom;
    }

    /** k. */
    public int size() {
        return segmentIds.length;
    }

    /** d. */
    public int dimension() {
        return frame.dimension();
    }

    public int segmentId(int slot) {
        return segmentIds[slot];
    }

    public String label(int slot) {
        return labels[slot];
    }

    /** Slot of a segment, or -1 if it is not alive in this version. */
    public int slotOf(int segmentId) {
        return slots.slotOf(segmentId);
    }

    /** Brings a vector (d, transformed units) into the frame (d, winsorised, in sigmas); in place is fine. */
    public void toFrame(double[] vector, double[] framed) {
        frame.scale(vector, 0, framed, 0);
    }

    /** Slot of the centroid nearest to a framed vector; of equals the lower slot. */
    public int nearest(double[] framed) {
        return rows.nearest(framed, 0);
    }

    /**
     * The same, faster: the slot guessed, such as the last nearest, is tried first. The lead, one number, becomes how
     * many sigmas farther every other centroid is at least.
     */
    public int nearest(double[] framed, int guess, double[][] lanes, double[] lead) {
        return rows.nearest(framed, 0, guess, lanes, lead);
    }

    /** Scratch for {@link #nearest(double[], int, double[][], double[])}, one a thread. */
    public double[][] lanes() {
        return rows.lanes();
    }

    /** Squared distance of a framed vector to a centroid, in sigmas squared. */
    public double distanceSquared(double[] framed, int slot) {
        return rows.squared(framed, 0, slot);
    }

    /** Coordinate of a centroid in the frame, in sigmas. */
    public double scaledCentroid(int slot, int feature) {
        return rows.get(slot, feature);
    }
}
