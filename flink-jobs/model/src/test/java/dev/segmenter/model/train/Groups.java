// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Users in Gaussian groups of deviation 1 that may move, come and go; a trainer that lives through their
 * votes, and what it made of them: the truth is who is in which group.
 */
final class Groups {
    /** First day after windows of four days are full. */
    static final int SETTLED = 6;

    private static final double GONE = Double.NaN;

    private final FeatureSet features;
    private final Trainer trainer;
    private final Random random;
    private final int users;
    private final List<CentroidSnapshot> published = new ArrayList<>();
    private final List<Vote> cast = new ArrayList<>();
    private final double[][] centres;
    private double absurdShare;
    private double absurdValue;
    private int day;

    /** K and the centres of the groups; users are spread over them evenly. */
    Groups(int k, int users, long seed, double[]... centres) {
        this.features =
                Votes.features(
                        IntStream.range(0, centres[0].length)
                                .mapToObj(i -> "x" + i)
                                .toArray(String[]::new));
        this.trainer = new Trainer(features, Votes.options(k));
        this.random = new Random(seed);
        this.users = users;
        this.centres = centres;
    }

    /** Centres at least a distance apart, uniformly in a cube. */
    static double[][] apart(int groups, int d, double edge, double distance, long seed) {
        Random random = new Random(seed);
        double[][] centres = new double[groups][];
        for (int g = 0; g < groups; g++) {
            boolean free;
            do {
                centres[g] = random.doubles(d, 0, edge).toArray();
                free = true;
                for (int other = 0; other < g; other++) {
                    free &= distance(centres[g], centres[other]) >= distance;
                }
            } while (!free);
        }
        return centres;
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** From now on a group is elsewhere. */
    Groups move(int group, double... to) {
        centres[group] = to;
        return this;
    }

    /** From now on a group does not vote. */
    Groups leave(int group) {
        return move(group, GONE);
    }

    /** From now on a share of the users vote for a value far outside in every feature. */
    Groups absurd(double share, double value) {
        absurdShare = share;
        absurdValue = value;
        return this;
    }

    /** Lets days pass on which every user of a present group votes once. */
    Groups live(int days) {
        for (int i = 0; i < days; i++) {
            List<Vote> votes = votes(day++);
            cast.addAll(votes);
            votes.forEach(trainer::onVote);
            published.addAll(trainer.advanceTo(START + day * DAY));
        }
        return this;
    }

    private List<Vote> votes(int onDay) {
        List<Vote> votes = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            int group = user % centres.length;
            if (!Double.isNaN(centres[group][0])) {
                long phase = Math.floorMod(Hashes.of(user, 5), DAY - 1) + 1;
                votes.add(Votes.vote(features, user, START + onDay * DAY + phase, point(group)));
            }
        }
        return votes;
    }

    private double[] point(int group) {
        double[] point = centres[group].clone();
        boolean absurd = random.nextDouble() < absurdShare;
        for (int i = 0; i < point.length; i++) {
            point[i] += random.nextGaussian();
            point[i] = absurd ? absurdValue : point[i];
        }
        return point;
    }

    int day() {
        return day;
    }

    List<CentroidSnapshot> published() {
        return published;
    }

    CentroidSnapshot last() {
        return published.get(published.size() - 1);
    }

    /** All votes so far. */
    List<Vote> cast() {
        return cast;
    }

    FeatureSet features() {
        return features;
    }

    /** Where a group is. */
    double[] centre(int group) {
        return centres[group].clone();
    }

    /** Relabelled shares, summed over the snapshots since a day, of many points of some groups as they are. */
    double relabelledSince(int fromDay, int... groups) {
        int points = 300;
        double sum = 0;
        for (int group : groups) {
            for (int p = 0; p < points; p++) {
                double[] point = point(group);
                int former = -1;
                for (CentroidSnapshot snapshot : since(fromDay)) {
                    int id = segmentOf(snapshot, point);
                    sum += former >= 0 && former != id ? 1 : 0;
                    former = id;
                }
            }
        }
        return sum / (points * groups.length);
    }

    /** Entries of the lineage other than SURVIVED since a day. */
    List<Lineage> changesSince(int fromDay) {
        return since(fromDay).stream()
                .flatMap(snapshot -> snapshot.getLineage().stream())
                .filter(entry -> entry.getFate() != Fate.SURVIVED)
                .toList();
    }

    List<CentroidSnapshot> since(int fromDay) {
        return published.stream()
                .filter(s -> s.getCreatedAt().toEpochMilli() > START + fromDay * DAY)
                .toList();
    }

    /** Segment nearest to the centre of a group, in the frame of a snapshot. */
    static int segmentOf(CentroidSnapshot snapshot, double[] centre) {
        Centroid nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Centroid centroid : snapshot.getCentroids()) {
            double distance = 0;
            for (int i = 0; i < centre.length; i++) {
                double sigma = snapshot.getSigma().get(i);
                double step = (centroid.getVector().get(i) - centre[i]) / sigma;
                distance += sigma > 0 ? step * step : 0;
            }
            if (distance < least) {
                least = distance;
                nearest = centroid;
            }
        }
        return nearest.getSegmentId();
    }

    int segmentOf(int group) {
        return segmentOf(last(), centres[group]);
    }

    /** Segment of each present group at the last snapshot. */
    Map<Integer, Integer> segments() {
        Map<Integer, Integer> segments = new TreeMap<>();
        for (int g = 0; g < centres.length; g++) {
            if (!Double.isNaN(centres[g][0])) {
                segments.put(g, segmentOf(g));
            }
        }
        return segments;
    }
}
