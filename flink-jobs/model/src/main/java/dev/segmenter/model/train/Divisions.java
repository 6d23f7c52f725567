// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Finds where a model's segments could be divided, on the votes that place candidates. */
final class Divisions {
    private static final int RESTARTS = 3;

    /** Squared distance from which a vote is far, in means of its segment: twice the spread. */
    private static final double FAR = 4;

    private final double[] points;
    private final KMeans placing;
    private final double[] rows;
    private final int slots;
    private final int d;
    private final boolean spherical;
    private final Random random;

    /** Of points (n x d), with k-means on them, and the rows of the segments (k x d). */
    Divisions(
            double[] points,
            KMeans placing,
            double[] rows,
            int d,
            boolean spherical,
            Random random) {
        this.points = points;
        this.placing = placing;
        this.rows = rows;
        this.slots = rows.length / d;
        this.d = d;
        this.spherical = spherical;
        this.random = random;
    }

    /** Each slot with votes enough in two, and the votes far out on their own; parts have at least so many votes. */
    List<Division> find(double least) {
        List<Division> divisions = new ArrayList<>();
        placing.assign(rows);
        double[] means = placing.meanSquares(slots);
        double[] far = placing.pointsBeyond(means, FAR);
        for (int j = 0; j < slots; j++) {
            double[] members = placing.pointsWithin(j, FAR * means[j]);
            int votes = members.length / d;
            if (votes >= 2 * least) {
                halve(j, members).ifPresent(divisions::add);
            }
        }
        int votesBeyond = far.length / d;
        if (votesBeyond >= least) {
            divisions.addAll(pooled(far));
        }
        return divisions;
    }

    /** Without the votes far out, which would be one of the halves. */
    private Optional<Division> halve(int slot, double[] members) {
        double inertia = 0;
        for (int i = 0; i < members.length / d; i++) {
            inertia += Distances.squared(members, i * d, rows, slot * d, d);
        }
        KMeans within = new KMeans(members, d, spherical);
        double[] two = within.fit(2, RESTARTS, random);
        if (two.length < 2 * d) {
            return Optional.empty();
        }
        within.assign(two);
        double[] first = Arrays.copyOf(two, d);
        double[] second = Arrays.copyOfRange(two, d, 2 * d);
        boolean stays =
                Distances.squared(first, 0, rows, slot * d, d)
                        <= Distances.squared(second, 0, rows, slot * d, d);
        return Optional.of(
                new Division(
                        slot,
                        stays ? first : second,
                        stays ? second : first,
                        inertia - within.inertia()));
    }

    private List<Division> pooled(double[] far) {
        List<Division> divisions = new ArrayList<>();
        double[] two = new KMeans(far, d, spherical).fit(2, RESTARTS, random);
        for (int r = 0; r < two.length / d; r++) {
            double[] added = Arrays.copyOfRange(two, r * d, (r + 1) * d);
            int slot = Distances.nearest(added, 0, rows, slots, d);
            double gain = 0;
            for (int i = 0; i < points.length / d; i++) {
                double now = Distances.squared(points, i * d, added, 0, d);
                gain += Math.max(0, placing.squaredDistance(i) - now);
            }
            divisions.add(
                    new Division(
                            slot, Arrays.copyOfRange(rows, slot * d, (slot + 1) * d), added, gain));
        }
        return divisions;
    }
}
