// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import static dev.segmenter.quickstart.Changes.TIME;
import static dev.segmenter.quickstart.Changes.change;
import static dev.segmenter.quickstart.Changes.membership;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.quickstart.output.SegmentBoard.Segment;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentBoardTest {
    private static final List<String> AVERAGE = List.of("close to the average in everything");

    private final SegmentBoard board = new SegmentBoard(DefaultFeatures.shop());

    @Test
    void membership_movesAndExits_keepCountsOfTheLivingOnly() {
        board.snapshot(snapshot(1, 1, 2));
        board.membership("ann", membership("ann", 1, TIME));
        board.membership("bob", membership("bob", 1, TIME.plusSeconds(60)));
        board.membership("ann", membership("ann", 2, TIME));
        board.membership("bob", null);
        board.membership("eve", null);

        assertThat(board.figures().segments())
                .containsExactly(
                        new Segment(1, "segment 1", 0, AVERAGE),
                        new Segment(2, "segment 2", 1, AVERAGE));
        assertThat(board.figures().users()).isEqualTo(1);
        assertThat(board.figures().usersSeen()).isEqualTo(3);
        assertThat(board.figures().eventTime()).isEqualTo(TIME.plusSeconds(60));
    }

    @Test
    void snapshot_segmentDied_isGoneOnceItsLastMemberHasLeft() {
        board.snapshot(snapshot(1, 1, 2));
        board.membership("ann", membership("ann", 1, TIME));
        board.snapshot(snapshot(2, 2, 3));
        assertThat(board.figures().segments()).extracting(Segment::id).containsExactly(1, 2, 3);
        assertThat(board.figures().segments().get(0).words()).isEmpty();
        assertThat(board.figures().lastDifference().statements())
                .contains("segment 1 (segment 1) died");

        board.membership("ann", membership("ann", 3, TIME));

        assertThat(board.figures().segments()).extracting(Segment::id).containsExactly(2, 3);
        assertThat(board.figures().version()).isEqualTo(2);
        assertThat(board.figures().snapshots()).isEqualTo(2);
    }

    @Test
    void change_many_keepsTheLastOnesNewestFirstAndCountsAll() {
        for (int i = 0; i < 20; i++) {
            board.change(change(Cause.FIRST, null, "s" + i));
        }
        board.change(change(Cause.MODEL, "a", "b"));

        assertThat(board.figures().lastChanges()).hasSize(8);
        assertThat(board.figures().lastChanges().get(0).getCause()).isEqualTo(Cause.MODEL);
        assertThat(board.figures().changesByCause())
                .isEqualTo(Map.of(Cause.FIRST, 20L, Cause.MODEL, 1L));
    }

    private static CentroidSnapshot snapshot(long version, int... segments) {
        List<Centroid> centroids =
                Arrays.stream(segments)
                        .mapToObj(
                                id ->
                                        new Centroid(
                                                id,
                                                "segment " + id,
                                                List.of(1.0),
                                                1.0,
                                                1.0,
                                                Map.of()))
                        .toList();
        return CentroidSnapshot.newBuilder()
                .setModelName("default")
                .setVersion(version)
                .setModelId("id")
                .setEffectiveFrom(TIME)
                .setCreatedAt(TIME)
                .setObservedSince(TIME)
                .setMeasure("euclidean")
                .setFingerprint(1)
                .setFeatureNames(List.of("f"))
                .setTransforms(List.of("none"))
                .setMean(List.of(0.0))
                .setSigma(List.of(1.0))
                .setCentroids(centroids)
                .setNextSegmentId(9)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(1L, null, null, null, null, null))
                .build();
    }
}
