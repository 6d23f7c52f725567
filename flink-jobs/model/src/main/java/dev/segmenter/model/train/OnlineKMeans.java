// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.cluster.Rows;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mini-batch k-means with forgetting (after D. Sculley, "Web-scale k-means clustering", WWW 2010, with
 * the decay of Spark's streaming k-means): a batch is assigned to the centroids as they were at its
 * start, in the frame, then every centroid moves once to the decayed mean of its votes (see {@link
 * DecayedMeans}), by {@link Forgetting}.
 *
 * <p>Under the cosine measure a vote has the mass 1 / length: the mean of the vectors then points where
 * the mean of their directions points, and lies among the data, so that winsorising leaves it alone.
 */
final class OnlineKMeans {
    /** Where a vote counts as cut off in any case; a feature that one vote in 100^2 has can keep its sigma. */
    static final double POPULATION_SIGMAS = 100;

    private final FeatureSet features;
    private final int[] segmentIds;
    private final DecayedMeans centroids;
    private final DecayedMeans profiles;
    private final DecayedMeans squaredDistances;
    private final RobustMoments population;
    private Frame frame;

    private OnlineKMeans(
            FeatureSet features,
            int[] segmentIds,
            DecayedMeans centroids,
            DecayedMeans profiles,
            DecayedMeans squaredDistances,
            RobustMoments population,
            Frame frame) {
        this.features = features;
        this.segmentIds = segmentIds;
        this.centroids = centroids;
        this.profiles = profiles;
        this.squaredDistances = squaredDistances;
        this.population = population;
        this.frame = frame;
    }

    private static OnlineKMeans empty(FeatureSet features, Frame frame, int k) {
        return new OnlineKMeans(
                features,
                new int[k],
                new DecayedMeans(k, features.dimension()),
                new DecayedMeans(k, features.size()),
                new DecayedMeans(k, 1),
                new RobustMoments(features.dimension(), POPULATION_SIGMAS),
                frame);
    }

    /** Centroids that are the means of the votes nearest to the given rows (k x d, in the frame); no ids yet. */
    static OnlineKMeans around(
            double[] rows, FeatureSet features, Frame frame, Collection<Vote> votes) {
        OnlineKMeans model = empty(features, frame, rows.length / features.dimension());
        model.absorb(votes, rows);
        model.fold(1);
        return model;
    }

    /** Goes on from a snapshot of the same feature set. */
    static OnlineKMeans of(CentroidSnapshot snapshot, FeatureSet features) {
        Frame frame = Frame.of(snapshot);
        List<Centroid> given = snapshot.getCentroids();
        OnlineKMeans model = empty(features, frame, given.size());
        double weight = 0;
        for (int j = 0; j < given.size(); j++) {
            model.adopt(j, given.get(j));
            weight += given.get(j).getWeight();
        }
        for (int i = 0; i < frame.dimension(); i++) {
            double sigma = frame.sigma()[i];
            model.population.set(i, frame.mean()[i], sigma * sigma, weight);
        }
        return model;
    }

    private void adopt(int j, Centroid given) {
        int d = features.dimension();
        double weight = given.getWeight();
        double[] vector = given.getVector().stream().mapToDouble(Double::doubleValue).toArray();
        double mass = weight * mass(frame.scale(vector, 0, new double[d], 0));
        segmentIds[j] = given.getSegmentId();
        for (int i = 0; i < d; i++) {
            centroids.set(j, i, vector[i], mass);
        }
        given.getProfile()
                .forEach((name, value) -> profiles.set(j, features.indexOf(name), value, weight));
        squaredDistances.set(j, 0, given.getSpread() * given.getSpread(), weight);
    }

    /** What a batch was like: votes that took part, their inertia before the update, and the decay. */
    record Batch(int votes, double inertia, double decay) {}

    /** Trains on one batch. */
    Batch train(Collection<Vote> votes, Forgetting forgetting) {
        Batch batch = absorb(votes, scaledCentroids(frame));
        double decay = forgetting.decay(batch.votes());
        fold(decay);
        return new Batch(batch.votes(), batch.inertia(), decay);
    }

    /** Collects each vote for the nearest of the rows (k x d, in the frame). */
    private Batch absorb(Collection<Vote> votes, double[] rows) {
        int d = features.dimension();
        Rows centres = new Rows(rows, segmentIds.length, d);
        double[][] lanes = centres.lanes();
        double[] vector = new double[d];
        double[] framed = new double[d];
        double inertia = 0;
        int taken = 0;
        for (Vote vote : votes) {
            features.toVector(vote.values(), vector);
            double squares = frame.scale(vector, 0, framed, 0);
            if (squares > 0 || !frame.cosine()) {
                int nearest = centres.nearest(framed, 0, 0, lanes);
                double distance = centres.squared(framed, 0, nearest);
                collect(vote.values(), vector, nearest, distance, mass(squares));
                inertia += distance;
                taken++;
            }
        }
        return new Batch(taken, inertia, 1);
    }

    private void collect(double[] values, double[] vector, int j, double distance, double mass) {
        population.add(vector, frame);
        centroids.addRow(j, vector, mass);
        profiles.addRow(j, values, 1);
        squaredDistances.add(j, 0, distance, 1);
    }

    private void fold(double decay) {
        population.fold(decay);
        centroids.fold(decay);
        profiles.fold(decay);
        squaredDistances.fold(decay);
    }

    private double mass(double squaredLength) {
        return frame.cosine() && squaredLength > 0 ? 1 / Math.sqrt(squaredLength) : 1;
    }

    /** k. */
    int size() {
        return segmentIds.length;
    }

    int[] segmentIds() {
        return segmentIds;
    }

    Frame frame() {
        return frame;
    }

    void useFrame(Frame newFrame) {
        frame = newFrame;
    }

    /** The population's frame of now if a sigma has left the tolerance or a feature has come to life. */
    Optional<Frame> renewedFrame(int leastVotes, double tolerance) {
        Frame now = populationFrame(leastVotes);
        for (int i = 0; i < now.dimension(); i++) {
            double used = frame.sigma()[i];
            if (Math.abs(now.sigma()[i] - used) > tolerance * used) {
                return Optional.of(now);
            }
        }
        return Optional.empty();
    }

    /**
     * The frame of the population as it is now, without the features that have been off so far and have
     * had fewer than a number of votes.
     */
    Frame populationFrame(int leastVotes) {
        Frame now = population.frame(frame.cosine());
        for (int i = 0; i < now.dimension(); i++) {
            if (!frame.active(i) && population.weight(i) < leastVotes) {
                now.sigma()[i] = 0;
            }
        }
        return now;
    }

    /** A centroid (d, transformed units); a feature that it has not met yet is at the population's mean. */
    double[] vector(int j) {
        double[] vector = new double[features.dimension()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centroids.weight(j, i) > 0 ? centroids.mean(j, i) : population.mean(i);
        }
        return vector;
    }

    /** Decayed number of votes of a segment. */
    double weight(int j) {
        return squaredDistances.weight(j, 0);
    }

    /** Root mean square distance of a segment's votes, sigmas. */
    double spread(int j) {
        return Math.sqrt(squaredDistances.mean(j, 0));
    }

    /** Decayed mean of every feature that a segment has met, own units. */
    Map<String, Double> profile(int j) {
        Map<String, Double> profile = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            if (profiles.weight(j, i) > 0) {
                profile.put(features.features().get(i).name(), profiles.mean(j, i));
            }
        }
        return profile;
    }

    /** All centroids in a frame, k x d. */
    double[] scaledCentroids(Frame in) {
        int d = features.dimension();
        double[] scaled = new double[size() * d];
        for (int j = 0; j < size(); j++) {
            in.scale(vector(j), 0, scaled, j * d);
        }
        return scaled;
    }

    /** Each centroid's deviations from the frame's mean, in sigmas (k x d); 0 for inactive features. */
    double[][] deviations() {
        double[][] deviations = new double[size()][features.dimension()];
        for (int j = 0; j < size(); j++) {
            double[] vector = vector(j);
            for (int i = 0; i < vector.length; i++) {
                if (frame.active(i)) {
                    deviations[j][i] = (vector[i] - frame.mean()[i]) / frame.sigma()[i];
                }
            }
        }
        return deviations;
    }

    /** A segment of another structure: a row of some model, with its weight multiplied, and the row it takes in or -1. */
    record Row(int segmentId, OnlineKMeans from, int slot, int taken, double factor) {}

    /** The same population and frame with other segments. */
    OnlineKMeans withRows(List<Row> rows) {
        OnlineKMeans model =
                new OnlineKMeans(
                        features,
                        rows.stream().mapToInt(Row::segmentId).toArray(),
                        new DecayedMeans(rows.size(), features.dimension()),
                        new DecayedMeans(rows.size(), features.size()),
                        new DecayedMeans(rows.size(), 1),
                        population,
                        frame);
        for (int j = 0; j < rows.size(); j++) {
            model.take(j, rows.get(j));
        }
        return model;
    }

    private void take(int j, Row row) {
        OnlineKMeans from = row.from();
        centroids.copyRow(j, from.centroids, row.slot(), row.factor());
        profiles.copyRow(j, from.profiles, row.slot(), row.factor());
        squaredDistances.copyRow(j, from.squaredDistances, row.slot(), row.factor());
        if (row.taken() >= 0) {
            centroids.mergeRow(j, from.centroids, row.taken(), row.factor());
            profiles.mergeRow(j, from.profiles, row.taken(), row.factor());
            squaredDistances.mergeRow(j, from.squaredDistances, row.taken(), row.factor());
            double one = from.weight(row.slot());
            double other = from.weight(row.taken());
            double both = one + other;
            double[] rows = from.scaledCentroids(frame);
            int d = frame.dimension();
            double apart = Distances.squared(rows, row.slot() * d, rows, row.taken() * d, d);
            double between = both > 0 ? one * other / (both * both) * apart : 0;
            squaredDistances.set(j, 0, squaredDistances.mean(j, 0) + between, weight(j));
        }
    }

    void write(DataOutput out) throws IOException {
        Doubles.write(frame.mean(), out);
        Doubles.write(frame.sigma(), out);
        out.writeBoolean(frame.cosine());
        out.writeInt(segmentIds.length);
        for (int id : segmentIds) {
            out.writeInt(id);
        }
        centroids.write(out);
        profiles.write(out);
        squaredDistances.write(out);
        population.write(out);
    }

    /**
     * Reads a model of the features that the mapping leads from, as the first version of the trainer's state
     * had it or as it is written now; new features start inactive and unmet.
     */
    static OnlineKMeans read(
            FeatureSet features, FeatureMapping mapping, boolean first, DataInput in)
            throws IOException {
        Frame frame =
                mapping.apply(new Frame(Doubles.read(in), Doubles.read(in), in.readBoolean()));
        int[] segmentIds = new int[in.readInt()];
        for (int j = 0; j < segmentIds.length; j++) {
            segmentIds[j] = in.readInt();
        }
        return new OnlineKMeans(
                features,
                segmentIds,
                DecayedMeans.read(in).withColumns(mapping.clustered()),
                DecayedMeans.read(in).withColumns(mapping.declared()),
                DecayedMeans.read(in),
                RobustMoments.read(POPULATION_SIGMAS, first, in).withColumns(mapping.clustered()),
                frame);
    }
}
