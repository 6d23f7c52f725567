// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Distances;
import dev.segmenter.model.cluster.Frame;
import dev.segmenter.model.cluster.Rows;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Fate;
import java.util.ArrayList;
import java.util.List;

/** Brings a structure into a model, and says by {@link SegmentLife}'s rule which segment has which id. */
final class Surgery {
    private final Restructuring structure;
    private final OnlineKMeans model;
    private final OnlineKMeans placed;
    private final int added;

    /** Votes of the sample by the slot that they come from and the row that they go to. */
    private final double[][] moves;

    Surgery(Restructuring structure, OnlineKMeans model, List<Vote> votes, FeatureSet features) {
        this.structure = structure;
        this.model = model;
        this.added = structure.addedRow();
        this.placed = OnlineKMeans.around(structure.rows(), features, model.frame(), votes);
        this.moves = moves(votes, features);
    }

    private double[][] moves(List<Vote> votes, FeatureSet features) {
        Frame frame = model.frame();
        int d = frame.dimension();
        Rows former = new Rows(model.scaledCentroids(frame), model.size(), d);
        Rows rows = new Rows(structure.rows(), structure.rows().length / d, d);
        double[][] ofFormer = former.lanes();
        double[][] ofRows = rows.lanes();
        double[][] counts = new double[former.size()][rows.size()];
        double[] framed = new double[d];
        for (Vote vote : votes) {
            features.toVector(vote.values(), framed);
            frame.scale(framed, 0, framed, 0);
            int from = former.nearest(framed, 0, ofFormer);
            counts[from][rows.nearest(framed, 0, ofRows)]++;
        }
        return counts;
    }

    SegmentLife.Change change(int nextSegmentId) {
        List<SegmentFate> fates = new ArrayList<>();
        int[] ids = model.segmentIds();
        int parent = structure.added() ? parent() : Restructuring.NONE;
        boolean splits = structure.added() && splits(parent);
        boolean majorityGoes =
                splits && moves[parent][added] > moves[parent][structure.row(parent)];
        List<OnlineKMeans.Row> rows = new ArrayList<>();
        for (int j = 0; j < ids.length; j++) {
            if (j == structure.mergedInto()) {
                rows.add(merged(fates));
            } else if (structure.stays(j)) {
                boolean divided = splits && j == parent;
                int id = divided && majorityGoes ? nextSegmentId : ids[j];
                boolean met = placed.weight(structure.row(j)) > 0;
                rows.add(divided && met ? sampled(id, structure.row(j), rest(j)) : kept(id, j));
            }
        }
        if (structure.added()) {
            rows.add(sampled(majorityGoes ? ids[parent] : nextSegmentId, added, taken()));
        }
        if (splits) {
            fates.add(new SegmentFate(ids[parent], Fate.SPLIT, List.of(ids[parent])));
            fates.add(new SegmentFate(nextSegmentId, Fate.SPLIT, List.of(ids[parent])));
        }
        return new SegmentLife.Change(
                model.withRows(rows), nextSegmentId + (structure.added() ? 1 : 0), fates);
    }

    /** The slot that most votes of the new row come from. */
    private int parent() {
        int parent = 0;
        for (int j = 1; j < moves.length; j++) {
            parent = moves[j][added] > moves[parent][added] ? j : parent;
        }
        return parent;
    }

    private boolean splits(int parent) {
        int d = model.frame().dimension();
        double[] from = model.scaledCentroids(model.frame());
        double[] to = placed.scaledCentroids(model.frame());
        double distance = Math.sqrt(Distances.squared(from, parent * d, to, added * d, d));
        return structure.stays(parent)
                && parent != structure.mergedInto()
                && distance <= SegmentLife.BEYOND_SPREADS * model.spread(parent);
    }

    /** Share of a slot's votes that go to the new row. */
    private double lost(int slot) {
        if (!structure.added()) {
            return 0;
        }
        double votes = 0;
        for (double count : moves[slot]) {
            votes += count;
        }
        return votes == 0 ? 0 : moves[slot][added] / votes;
    }

    /** Weight that stays with a slot: never none, since a centroid without any has no place. */
    private double rest(int slot) {
        return Math.max(SegmentLife.LEAST_REST, 1 - lost(slot)) * model.weight(slot);
    }

    /** Weight that goes to the new row. */
    private double taken() {
        double weight = 0;
        for (int j = 0; j < model.size(); j++) {
            weight += lost(j) * model.weight(j);
        }
        return weight;
    }

    private OnlineKMeans.Row kept(int id, int slot) {
        double factor = Math.max(SegmentLife.LEAST_REST, 1 - lost(slot));
        return new OnlineKMeans.Row(id, model, slot, Restructuring.NONE, factor);
    }

    private OnlineKMeans.Row sampled(int id, int row, double weight) {
        return new OnlineKMeans.Row(
                id, placed, row, Restructuring.NONE, weight / placed.weight(row));
    }

    private OnlineKMeans.Row merged(List<SegmentFate> fates) {
        int into = structure.mergedInto();
        int from = structure.merged();
        int[] ids = model.segmentIds();
        List<Integer> parents = List.of(ids[into], ids[from]);
        fates.add(new SegmentFate(ids[into], Fate.MERGED, parents));
        fates.add(new SegmentFate(ids[from], Fate.MERGED, parents));
        int id = model.weight(from) > model.weight(into) ? ids[from] : ids[into];
        double weight = model.weight(into) + model.weight(from);
        double gone = lost(into) * model.weight(into) + lost(from) * model.weight(from);
        double factor = weight > 0 ? Math.max(SegmentLife.LEAST_REST, 1 - gone / weight) : 1;
        return new OnlineKMeans.Row(id, model, into, from, factor);
    }
}
