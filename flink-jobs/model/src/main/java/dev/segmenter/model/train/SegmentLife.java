// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.feature.FeatureSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Births, splits, mergers and deaths of segments: at most one change a snapshot, and but for deaths at
 * most one a vote interval, so that users have met the last one. What a change has to show is in {@link
 * StructureSearch}.
 *
 * <ul>
 *   <li><b>Death</b>: a segment whose share of the decayed weight falls below {@value #STARVED} / K, and
 *       below {@value #LOST} of what it once was, goes. Nobody takes its place by that alone.
 *   <li><b>Split</b>: the part with more votes keeps the id, the other gets a new one; both name the
 *       former segment as their parent.
 *   <li><b>Birth</b>: as a split, but the new segment lies beyond {@value #BEYOND_SPREADS} spreads of the
 *       one that most of its votes come from, which keeps id and centroid whatever its size.
 *   <li><b>Merger</b>: the segment of more weight keeps the id; both name both as parents.
 * </ul>
 *
 * <p>Ids are never used again. Changed segments start at the means of the sample's votes, with the weight
 * that is theirs by their share in it; all others stay where they are.
 */
final class SegmentLife {
    /** With an even share of 1 / K, a segment that nobody votes for any more dies after 4.3 half-lives. */
    static final double STARVED = 0.05;

    /** Of its greatest share, what a starving segment has left at most: small is not starving. */
    static final double LOST = 0.25;

    static final double BEYOND_SPREADS = 2;

    /** Votes kept for the next review, if K does not need more. */
    private static final int SAMPLE_CAPACITY = 4000;

    /** Votes a segment that a review needs: an exchange on 100 a segment was taken for better by chance in 2 of 80 stationary streams. */
    private static final int VOTES_PER_SEGMENT = 500;

    /** Of its weight at least this share stays with a segment that votes are taken from. */
    static final double LEAST_REST = 0.01;

    private static final long NEVER = Long.MIN_VALUE;
    private static final byte VERSION = 1;

    private final FeatureSet features;
    private final TrainerOptions options;
    private VoteSample sample;

    /** As they were when the sample began: a few batches take a centroid far from the users it had. */
    private FormerCentroids former = new FormerCentroids();

    /** Of the decayed weight, by segment id. */
    private final Map<Integer, Double> greatestShares = new TreeMap<>();

    private long lastChange = NEVER;

    SegmentLife(FeatureSet features, TrainerOptions options) {
        this.features = features;
        this.options = options;
        this.sample = new VoteSample(capacity());
    }

    private int capacity() {
        return Math.max(SAMPLE_CAPACITY, leastVotes());
    }

    private int leastVotes() {
        return Math.multiplyExact(VOTES_PER_SEGMENT, options.k());
    }

    /** A model of another structure, the next unused id, and what became of the segments split or merged. */
    record Change(OnlineKMeans model, int nextSegmentId, List<SegmentFate> fates) {}

    void observe(VoteSample batch) {
        sample.addAll(batch);
    }

    /** Removes the votes of users up to the time beside each. */
    void forget(Map<Long, Long> timeByUser) {
        sample.forget(timeByUser);
    }

    void forgetVotes() {
        sample.clear();
        former.forget();
    }

    /** The change that is due at a snapshot, if any; takes the votes held once there are enough to tell. */
    Optional<Change> review(OnlineKMeans model, long now, int nextSegmentId) {
        int starving = starving(model);
        if (starving >= 0) {
            return Optional.of(new Change(without(model, starving), nextSegmentId, List.of()));
        }
        boolean resting =
                lastChange != NEVER && now - lastChange < options.voteInterval().toMillis();
        if (resting || sample.size() < leastVotes()) {
            return Optional.empty();
        }
        HeldOutVotes votes = HeldOutVotes.of(sample.votes(), features, model.frame());
        sample.clear();
        StructureSearch search =
                new StructureSearch(
                        votes,
                        centroids(model),
                        former.rows(model),
                        former.spreads(model),
                        features.dimension(),
                        options.k(),
                        options.cosine(),
                        new Random(Hashes.of(options.seed(), now)));
        Optional<Change> change =
                search.handover()
                        .or(() -> search.division(STARVED / options.k()))
                        .map(found -> apply(found, model, votes, nextSegmentId))
                        .filter(done -> search.improves(centroids(done.model())))
                        .or(() -> search.merger().map(f -> apply(f, model, votes, nextSegmentId)));
        change.ifPresent(done -> lastChange = now);
        former.remember(change.map(Change::model).orElse(model));
        return change;
    }

    private static double[] centroids(OnlineKMeans model) {
        return model.scaledCentroids(model.frame());
    }

    private Change apply(
            Restructuring found, OnlineKMeans model, HeldOutVotes votes, int nextSegmentId) {
        return new Surgery(found, model, votes.votes(), features).change(nextSegmentId);
    }

    private int starving(OnlineKMeans model) {
        double total = 0;
        for (int j = 0; j < model.size(); j++) {
            total += model.weight(j);
        }
        greatestShares.keySet().retainAll(IntStream.of(model.segmentIds()).boxed().toList());
        int least = -1;
        for (int j = 0; j < model.size(); j++) {
            double share = model.weight(j) / total;
            double greatest =
                    greatestShares.merge(model.segmentIds()[j], share, (a, b) -> Math.max(a, b));
            boolean starves = share < STARVED / options.k() && share < LOST * greatest;
            if (starves && (least < 0 || model.weight(j) < model.weight(least))) {
                least = j;
            }
        }
        return model.size() > 1 ? least : -1;
    }

    private static OnlineKMeans without(OnlineKMeans model, int slot) {
        List<OnlineKMeans.Row> rows = new ArrayList<>();
        for (int j = 0; j < model.size(); j++) {
            if (j != slot) {
                rows.add(new OnlineKMeans.Row(model.segmentIds()[j], model, j, -1, 1));
            }
        }
        return model.withRows(rows);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        sample.write(out);
        former.write(out);
        out.writeInt(greatestShares.size());
        for (Map.Entry<Integer, Double> greatest : greatestShares.entrySet()) {
            out.writeInt(greatest.getKey());
            out.writeDouble(greatest.getValue());
        }
        out.writeLong(lastChange);
    }

    void read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "life of segments has version " + version + ", expected " + VERSION);
        }
        sample = VoteSample.read(capacity(), features.fingerprint(), in);
        former = FormerCentroids.read(in);
        greatestShares.clear();
        for (int left = in.readInt(); left > 0; left--) {
            greatestShares.put(in.readInt(), in.readDouble());
        }
        lastChange = in.readLong();
    }
}
