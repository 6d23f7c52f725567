// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Looks for a better structure of a model on a sample of votes. Candidates are placed with one half: each
 * segment in two, and the votes far from their centroids on their own; each moved by a few of Lloyd's
 * steps. The best of them is judged once, by the other half, against the present structure moved by as
 * many steps, so that a drift that centroids have yet to follow is no reason for another structure.
 *
 * <p>What a change must show, held out and beyond {@value #ERRORS} standard errors:
 *
 * <ul>
 *   <li>any: the sum of squared distances falls by {@value #MARGIN} / K, and each part has {@value
 *       #LEAST_PART} / K of the votes;
 *   <li>into a free slot, or that of a segment which nobody votes for any more: the new segment also
 *       stands apart from every other, see {@link StructureJudge#separation}. Halving one group improves
 *       the sum as well, and would relabel its users for nothing;
 *   <li>in exchange for the merger of two living segments: no more than the margin. As the sum falls by
 *       at least that with each exchange, exchanges come to an end when nothing else changes;
 *   <li>a handover (see {@link #handover}): the margin against the present structure as it is;
 *   <li>a merger alone: the sum grows by at most {@value #MOST_LOSS} / K, and the two do not stand apart.
 * </ul>
 */
final class StructureSearch {
    /** By which share / K a change must improve the sum: halving an evenly sized Gaussian group gives 0.64 / (d K). */
    static final double MARGIN = 0.1;

    /** A fifth of the margin, so that no merger can be followed by the division that undoes it. */
    static final double MOST_LOSS = 0.02;

    /** Least share / K of a new segment, and of segments that an exchange merges; above 1 % up to K = 20. */
    static final double LEAST_PART = 0.2;

    static final double ERRORS = 3;

    private static final int STEPS = 10;
    private static final int TRIED = 3;

    private final double[] points;
    private final StructureJudge judge;
    private final double[] former;
    private final double[] spreads;
    private final double[] rows;
    private final int d;
    private final int slots;
    private final int k;
    private final KMeans placing;
    private final NearestRows.Base base;
    private final Divisions divisions;
    private final int[] sizes;

    /**
     * Rows are the present centroids in the frame, former those that segments had before the votes (with a
     * spread each), K the most there can be.
     */
    StructureSearch(
            HeldOutVotes votes,
            double[] rows,
            double[] former,
            double[] spreads,
            int d,
            int k,
            boolean spherical,
            Random random) {
        this.former = former;
        this.spreads = spreads;
        this.points = votes.placing();
        this.d = d;
        this.slots = rows.length / d;
        this.k = k;
        this.placing = new KMeans(points, d, spherical);
        this.rows = rows.clone();
        placing.refine(this.rows, STEPS);
        this.base = placing.assigned();
        this.sizes = placing.sizes(slots);
        this.divisions = new Divisions(points, placing, this.rows, d, spherical, random);
        this.judge = new StructureJudge(votes.judging(), d, k, rows, this.rows);
    }

    /** A structure's rows after some steps. */
    private double[] moved(Restructuring structure) {
        assign(structure);
        return movedOn(structure);
    }

    /** To its rows, beginning with the assignment to the present ones. */
    private void assign(Restructuring structure) {
        int[] rowNow = new int[slots];
        for (int j = 0; j < slots; j++) {
            rowNow[j] = structure.stays(j) ? structure.row(j) : NearestRows.NONE;
        }
        placing.assignFrom(base, rowNow, structure.rows());
    }

    /** After some steps, of the structure of the last assignment. */
    private double[] movedOn(Restructuring structure) {
        double[] moved = structure.rows().clone();
        placing.refineFurther(moved, STEPS);
        return moved;
    }

    private double least() {
        return LEAST_PART / k * points.length / d;
    }

    /** A division into a free slot or in exchange for another segment, if it holds before the held-out votes. */
    Optional<Restructuring> division(double starvedShare) {
        List<Proposal> proposals = new ArrayList<>();
        for (Division division : divisions.find(least())) {
            if (slots < k) {
                proposals.add(proposal(division, Restructuring.NONE));
            } else {
                starved(starvedShare * points.length / d)
                        .ifPresent(slot -> proposals.add(proposal(division, slot)));
                exchange(division).ifPresent(proposals::add);
            }
        }
        proposals.removeIf(proposal -> proposal.estimate() <= 0);
        proposals.sort(Comparator.comparingDouble(proposal -> -proposal.estimate()));
        Restructuring best = null;
        double least = Double.POSITIVE_INFINITY;
        int tried = 0;
        for (Proposal proposal : proposals) {
            Restructuring structure = proposal.structure();
            assign(structure);
            // Steps change little of how far a new row stands apart: a cut through one group is
            // spared them.
            if (!standsApart(structure, StructureJudge.EVEN_SPREAD)) {
                continue;
            }
            Restructuring candidate = structure.at(movedOn(structure));
            if (standsApart(candidate, StructureJudge.APART)) {
                if (placing.inertia() < least) {
                    least = placing.inertia();
                    best = candidate;
                }
                if (++tried == TRIED) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best).filter(judge::accepts);
    }

    /** In the last assignment, which is to its rows; an exchange need not. */
    private boolean standsApart(Restructuring structure, double least) {
        return structure.merged() != Restructuring.NONE
                || StructureJudge.standsApart(
                        points,
                        placing.assignment(),
                        structure.rows(),
                        structure.addedRow(),
                        least,
                        d);
    }

    /** The merger of the two segments that lose least by it, if they hardly lose and do not stand apart. */
    Optional<Restructuring> merger() {
        return cheapestPair(Restructuring.NONE)
                .map(pair -> proposal(null, pair.a(), pair.b(), Restructuring.NONE).structure())
                .map(structure -> structure.at(moved(structure)))
                .filter(judge::acceptsMerger);
    }

    /** Whether a model as it came out improves on the present one by the margin as well. */
    boolean improves(double[] centroids) {
        return judge.improvesOnPresent(centroids);
    }

    /**
     * An exchange that Lloyd's steps make by themselves: a segment leaves its votes to another one and goes
     * to votes beyond its reach. Its id must not go with it: it is merged, and what it went to is born.
     */
    Optional<Restructuring> handover() {
        for (int j = 0; j < slots; j++) {
            double reach = SegmentLife.BEYOND_SPREADS * spreads[j];
            if (Distances.squared(former, j * d, rows, j * d, d) > reach * reach) {
                int heir = heir(j);
                if (heir != j) {
                    return Optional.of(handedOver(j, heir)).filter(judge::acceptsHandover);
                }
            }
        }
        return Optional.empty();
    }

    /** Who gets most of the votes around a former centroid: the segment itself unless they are enough to tell. */
    private int heir(int j) {
        int[] heirs = new int[slots];
        int core = 0;
        for (int i = 0; i < points.length / d; i++) {
            boolean near =
                    Distances.nearest(points, i * d, former, slots, d) == j
                            && Distances.squared(points, i * d, former, j * d, d)
                                    <= spreads[j] * spreads[j];
            if (near) {
                heirs[Distances.nearest(points, i * d, rows, slots, d)]++;
                core++;
            }
        }
        int heir = j;
        for (int o = 0; o < slots; o++) {
            heir = heirs[o] > heirs[heir] ? o : heir;
        }
        return core >= least() / 2 ? heir : j;
    }

    private Restructuring handedOver(int from, int to) {
        Division born = new Division(to, row(to), row(from), 0);
        double[] kept = proposal(born, Restructuring.NONE, Restructuring.NONE, from).rows();
        return new Restructuring(slots, true, to, from, Restructuring.NONE, kept);
    }

    private double[] row(int slot) {
        return Arrays.copyOfRange(rows, slot * d, (slot + 1) * d);
    }

    private Optional<Integer> starved(double most) {
        int starved = 0;
        for (int j = 1; j < slots; j++) {
            starved = sizes[j] < sizes[starved] ? j : starved;
        }
        return sizes[starved] < most ? Optional.of(starved) : Optional.empty();
    }

    private Optional<Proposal> exchange(Division division) {
        return cheapestPair(division.slot())
                .map(pair -> proposal(division, pair.a(), pair.b(), Restructuring.NONE));
    }

    /** The two segments, but for one, that lose least by a merger; both have votes enough. */
    private Optional<Pair> cheapestPair(int without) {
        Pair best = null;
        for (int a = 0; a < slots; a++) {
            for (int b = a + 1; b < slots; b++) {
                boolean fed = sizes[a] >= least() && sizes[b] >= least();
                if (fed && a != without && b != without) {
                    Pair next = new Pair(a, b, loss(a, b));
                    best = best == null || next.loss() < best.loss() ? next : best;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** By how much the sum of squared distances grows if two segments have one centroid, their mean. */
    private double loss(int a, int b) {
        double product = (double) sizes[a] * sizes[b];
        return product / (sizes[a] + sizes[b]) * Distances.squared(rows, a * d, rows, b * d, d);
    }

    private Proposal proposal(Division division, int dying) {
        return proposal(division, Restructuring.NONE, Restructuring.NONE, dying);
    }

    private Proposal proposal(Division division, int a, int b, int dying) {
        double[] changed = rows.clone();
        double estimate = 0;
        if (division != null) {
            System.arraycopy(division.rest(), 0, changed, division.slot() * d, d);
            estimate += division.gain();
        }
        if (b != Restructuring.NONE) {
            double share = sizes[b] / (double) (sizes[a] + sizes[b]);
            estimate -= loss(a, b);
            for (int i = 0; i < d; i++) {
                changed[a * d + i] += share * (rows[b * d + i] - rows[a * d + i]);
            }
        }
        Restructuring structure =
                new Restructuring(slots, division != null, a, b, dying, new double[0]);
        double[] kept = new double[(structure.row(slots) + (division == null ? 0 : 1)) * d];
        for (int j = 0; j < slots; j++) {
            if (structure.stays(j)) {
                System.arraycopy(changed, j * d, kept, structure.row(j) * d, d);
            }
        }
        if (division != null) {
            System.arraycopy(division.added(), 0, kept, structure.addedRow() * d, d);
        }
        return new Proposal(structure.at(kept), estimate);
    }

    private record Pair(int a, int b, double loss) {}

    private record Proposal(Restructuring structure, double estimate) {
        double[] rows() {
            return structure.rows();
        }
    }
}
