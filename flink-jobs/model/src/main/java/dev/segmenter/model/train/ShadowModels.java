// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Shadow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Models of other Ks beside the main one: fitted to the same votes whenever it is, trained on the same
 * batches with the same decay, in the same frame. One that was never fitted (the list has changed, or
 * the main model was given) is fitted to votes collected for it, bit by bit with the batches that follow.
 */
final class ShadowModels {
    private final FeatureSet features;
    private final TrainerOptions options;
    private final Map<Integer, Watched> byK = new TreeMap<>();
    private final ShadowFits fits;
    private VoteSample collected;

    /** A model and how it took the votes since the last snapshot. */
    private static final class Watched {
        private final OnlineKMeans model;
        private long votes;
        private double inertia;

        private Watched(OnlineKMeans model) {
            this.model = model;
        }
    }

    ShadowModels(FeatureSet features, TrainerOptions options) {
        this.features = features;
        this.options = options;
        this.fits = new ShadowFits(features, options);
        this.collected = new VoteSample(options.reservoirSize());
    }

    /** Fits all of them anew; the seed is that of the main model's fit. */
    void fit(Collection<Vote> votes, Frame frame, long seed) {
        byK.clear();
        forgetCollected();
        KMeans means = ModelFit.means(votes, features, frame);
        if (means.size() == 0) {
            return;
        }
        for (int k : options.shadowKs()) {
            Random random = new Random(Hashes.of(seed, k));
            watch(k, means.fit(k, options.restarts(), random), frame, votes);
        }
    }

    private void watch(int k, double[] rows, Frame frame, Collection<Vote> votes) {
        byK.put(k, new Watched(OnlineKMeans.around(rows, features, frame, votes)));
    }

    private void forgetCollected() {
        collected.clear();
        fits.clear();
    }

    private Set<Integer> missing() {
        Set<Integer> missing = new TreeSet<>(options.shadowKs());
        missing.removeAll(byK.keySet());
        return missing;
    }

    /** Trains all on a batch; the frame is the main model's. */
    void train(VoteSample batch, Forgetting forgetting, Frame frame) {
        for (Watched shadow : byK.values()) {
            OnlineKMeans.Batch result = shadow.model.train(batch.votes(), forgetting);
            shadow.votes += result.votes();
            shadow.inertia += result.inertia();
        }
        if (byK.size() < options.shadowKs().size()) {
            fitMissing(batch, frame);
        }
    }

    private void fitMissing(VoteSample batch, Frame frame) {
        if (!fits.isBegun()) {
            collected.addAll(batch);
            if (collected.size() < options.leastFitVotes()) {
                return;
            }
        }
        Set<Integer> missing = missing();
        List<Vote> votes = collected.votes();
        if (!fits.canStart(votes, frame)) {
            forgetCollected();
        } else if (fits.start(missing, votes, frame)) {
            for (int k : missing) {
                watch(k, fits.rows(k, votes, frame), frame, votes);
            }
            forgetCollected();
        }
    }

    /** Fits under way are of the former frame. */
    void useFrame(Frame frame) {
        byK.values().forEach(shadow -> shadow.model.useFrame(frame));
        fits.clear();
    }

    /** Figures since the last snapshot, the separation on a sample, by K; starts anew. */
    List<Shadow> figures(VoteSample sample) {
        List<Shadow> figures = new ArrayList<>();
        byK.forEach(
                (k, shadow) -> {
                    SampleDistances distances = SampleDistances.of(sample, features, shadow.model);
                    figures.add(
                            new Shadow(
                                    k,
                                    shadow.votes,
                                    shadow.votes == 0 ? null : shadow.inertia / shadow.votes,
                                    Doubles.nullable(distances.silhouette()),
                                    Doubles.nullable(distances.daviesBouldin())));
                    shadow.votes = 0;
                    shadow.inertia = 0;
                });
        return figures;
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        collected.forget(timeByUser);
        fits.votesChanged();
    }

    /** Forgets the votes held, which are of another feature set; and the models if nothing of them is left. */
    void adaptTo(FeatureMapping mapping) {
        forgetCollected();
        if (!mapping.keepsAny()) {
            byK.clear();
        }
    }

    void write(DataOutput out) throws IOException {
        collected.write(out);
        fits.write(out);
        out.writeInt(byK.size());
        for (Map.Entry<Integer, Watched> shadow : byK.entrySet()) {
            out.writeInt(shadow.getKey());
            out.writeLong(shadow.getValue().votes);
            out.writeDouble(shadow.getValue().inertia);
            shadow.getValue().model.write(out);
        }
    }

    /**
     * Reads what was written, in the first version without fits under way; Ks that are no longer wanted are
     * dropped.
     */
    static ShadowModels read(
            FeatureSet features,
            TrainerOptions options,
            FeatureMapping mapping,
            boolean first,
            DataInput in)
            throws IOException {
        ShadowModels shadows = new ShadowModels(features, options);
        shadows.collected = VoteSample.read(options.reservoirSize(), features.fingerprint(), in);
        if (!first) {
            shadows.fits.read(in);
        }
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            int k = in.readInt();
            long votes = in.readLong();
            double inertia = in.readDouble();
            Watched shadow = new Watched(OnlineKMeans.read(features, mapping, false, in));
            shadow.votes = votes;
            shadow.inertia = inertia;
            if (options.shadowKs().contains(k)) {
                shadows.byK.put(k, shadow);
            }
        }
        shadows.fits.keepOnly(shadows.missing());
        return shadows;
    }
}
