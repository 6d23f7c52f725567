// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;

/**
 * What changed from one model version to the next.
 *
 * @param statements in words: births, deaths, splits, merges, moved centroids, shares, new wordings,
 *     rescaling, users that change segment, drift alarms; never empty
 * @param born segments that the earlier version lacks
 * @param died segments that the later version lacks
 * @param moves of the segments in both, by id
 * @param relabelled share of the trainer's sample whose segment differs, 0 to 1
 */
public record ModelDifference(
        long fromVersion,
        long toVersion,
        List<String> statements,
        List<Integer> born,
        List<Integer> died,
        List<CentroidMove> moves,
        boolean rescaled,
        double relabelled) {

    /** The statements of versions that hardly differ. */
    static final List<String> NOTHING = List.of("no difference worth telling");

    public ModelDifference {
        statements = List.copyOf(statements);
        born = List.copyOf(born);
        died = List.copyOf(died);
        moves = List.copyOf(moves);
    }

    /**
     * How one segment moved.
     *
     * @param spreads distance between its centroids in the later version's frame, in its earlier spreads
     * @param shareBefore of all votes, 0 to 1
     */
    public record CentroidMove(
            int segmentId, double spreads, double shareBefore, double shareNow) {}

    /** Whether there is a difference worth telling. */
    public boolean isNotable() {
        return !statements.equals(NOTHING);
    }

    /** Compares two versions; the parent may be null for the first, and older than the next's own parent. */
    public static ModelDifference between(
            CentroidSnapshot parent, CentroidSnapshot next, FeatureSet features) {
        return new SnapshotComparison(parent, next, features).difference();
    }
}
