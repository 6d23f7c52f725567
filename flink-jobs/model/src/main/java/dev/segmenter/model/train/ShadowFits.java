// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fits of several Ks to the same votes, one start of each at a time: all starts of hundreds of centroids take many
 * seconds, for which a checkpoint would have to wait.
 */
final class ShadowFits {
    private final FeatureSet features;
    private final TrainerOptions options;
    private final Map<Integer, KMeans.Start> best = new TreeMap<>();
    private int starts;

    /** The votes in the frame; null before the next start. */
    private KMeans points;

    ShadowFits(FeatureSet features, TrainerOptions options) {
        this.features = features;
        this.options = options;
    }

    /** Whether some starts are done. */
    boolean isBegun() {
        return starts > 0;
    }

    /** One more start of each K, on votes of which some can take part; true if it was the last. */
    boolean start(Set<Integer> ks, Collection<Vote> votes, Frame frame) {
        KMeans means = points(votes, frame);
        for (int k : ks) {
            long seed = Hashes.of(Hashes.of(options.seed(), k), starts);
            best.merge(k, means.start(k, new Random(seed)), KMeans.Start::orBetter);
        }
        starts++;
        return starts >= options.restarts();
    }

    /** Whether any vote can take part. */
    boolean canStart(Collection<Vote> votes, Frame frame) {
        return points(votes, frame).size() > 0;
    }

    /** The best start of a K (at most k x d, row by row, in the frame). */
    double[] rows(int k, Collection<Vote> votes, Frame frame) {
        return points(votes, frame).withPoints(best.get(k).centroids());
    }

    private KMeans points(Collection<Vote> votes, Frame frame) {
        if (points == null) {
            points = ModelFit.means(votes, features, frame);
        }
        return points;
    }

    /** The votes have become fewer. */
    void votesChanged() {
        points = null;
    }

    /** Begins anew. */
    void clear() {
        best.clear();
        starts = 0;
        points = null;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(starts);
        out.writeInt(best.size());
        for (Map.Entry<Integer, KMeans.Start> fit : best.entrySet()) {
            out.writeInt(fit.getKey());
            out.writeDouble(fit.getValue().inertia());
            Doubles.write(fit.getValue().centroids(), out);
        }
    }

    void read(DataInput in) throws IOException {
        starts = in.readInt();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            int k = in.readInt();
            double inertia = in.readDouble();
            best.put(k, new KMeans.Start(Doubles.read(in), inertia));
        }
    }

    /** Begins anew unless it is these Ks that are being fitted. */
    void keepOnly(Set<Integer> ks) {
        if (!best.keySet().equals(ks)) {
            clear();
        }
    }
}
