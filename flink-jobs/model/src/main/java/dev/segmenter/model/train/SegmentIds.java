// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;

/**
 * Gives the centroids of a fit their segment ids. A centroid continues an old segment if the optimal
 * assignment pairs them and they lie no farther apart than {@value #LIMIT_SIGMAS} sigma a feature (root
 * mean square over the active features), each measured in its own frame from that frame's mean:
 * while windows fill, everybody's counts grow, and what stays is where a segment stands among the rest.
 * Under the cosine measure directions are compared, up to a distance of {@value #LIMIT_COSINE} (60
 * degrees). All others get ids that were never used.
 */
final class SegmentIds {
    static final double LIMIT_SIGMAS = 0.75;
    static final double LIMIT_COSINE = 1;

    private SegmentIds() {}

    /** Sets the ids of a fresh model (old is null before the first); returns the next unused id. */
    static int assign(OnlineKMeans fresh, OnlineKMeans old, int nextSegmentId) {
        int[] ids = fresh.segmentIds();
        int[] matches = old == null ? null : match(fresh, old);
        int next = nextSegmentId;
        for (int j = 0; j < ids.length; j++) {
            boolean continues = matches != null && matches[j] >= 0;
            ids[j] = continues ? old.segmentIds()[matches[j]] : next++;
        }
        return next;
    }

    private static int[] match(OnlineKMeans fresh, OnlineKMeans old) {
        Frame frame = fresh.frame();
        int d = frame.dimension();
        if (frame.cosine()) {
            return CentroidMatching.match(
                    old.scaledCentroids(old.frame()),
                    fresh.scaledCentroids(frame),
                    d,
                    LIMIT_COSINE);
        }
        double limit = LIMIT_SIGMAS * Math.sqrt(activeFeatures(frame));
        return CentroidMatching.match(flat(old.deviations()), flat(fresh.deviations()), d, limit);
    }

    private static int activeFeatures(Frame frame) {
        int active = 0;
        for (int i = 0; i < frame.dimension(); i++) {
            active += frame.active(i) ? 1 : 0;
        }
        return active;
    }

    private static double[] flat(double[][] rows) {
        int d = rows[0].length;
        double[] flat = new double[rows.length * d];
        for (int j = 0; j < rows.length; j++) {
            System.arraycopy(rows[j], 0, flat, j * d, d);
        }
        return flat;
    }
}
