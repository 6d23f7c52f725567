// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Groups.SETTLED;
import static dev.segmenter.model.train.Groups.apart;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that vanish, arrive, part and meet, against the truth of who is in which. */
class SegmentLifeTest {
    /** Half-lives are ten days: after 4.3 of them, 43 days, nothing is left of an even share. */
    private static final int DYING = 55;

    private static final double DISTANCE = 12;

    private static double edge(int d) {
        return d == 2 ? 60 : 25;
    }

    private static Groups groups(int k, int count, int d, long seed) {
        return new Groups(k, 1_000 * count, seed, apart(count, d, edge(d), DISTANCE, seed));
    }

    /** Of 5 groups for which there are 5 segments one has died, so that a slot is free. */
    private static Groups withFreeSlot(int d, long seed) {
        return groups(5, 5, d, seed).live(SETTLED).leave(4).live(DYING);
    }

    private static Collection<Integer> different(Map<Integer, Integer> segments) {
        assertThat(segments.values()).doesNotHaveDuplicates();
        return segments.values();
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "2,3", "8,1", "8,2", "8,3"})
    void vanishedGroup_dies_andHardlyAnyoneElseIsRelabelled(int d, long seed) {
        Groups groups = groups(4, 4, d, seed).live(SETTLED);
        Map<Integer, Integer> before = groups.segments();
        different(before);

        groups.leave(3).live(DYING);

        assertThat(groups.changesSince(SETTLED))
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.getFate()).isEqualTo(Fate.DIED);
                            assertThat(entry.getSegmentId()).isEqualTo(before.remove(3));
                        });
        assertThat(groups.segments()).isEqualTo(before);
        assertThat(groups.last().getCentroids()).hasSize(3);
        assertThat(groups.relabelledSince(SETTLED, 0, 1, 2)).isLessThanOrEqualTo(0.02);
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "8,1", "8,2"})
    void arrivingGroup_slotFree_isBornUnderANewId(int d, long seed) {
        Groups groups = withFreeSlot(d, seed);
        Map<Integer, Integer> before = groups.segments();
        int unused = groups.last().getNextSegmentId();
        double[] elsewhere = apart(6, d, edge(d), DISTANCE, seed)[5];

        groups.move(4, elsewhere).live(15);

        assertThat(groups.changesSince(SETTLED + DYING))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getFate()).isEqualTo(Fate.BORN));
        assertThat(groups.segmentOf(4)).isEqualTo(unused);
        Map<Integer, Integer> after = groups.segments();
        after.remove(4);
        assertThat(after).isEqualTo(before);
        assertThat(groups.relabelledSince(SETTLED + DYING, 0, 1, 2, 3)).isLessThanOrEqualTo(0.02);
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "2,3", "2,4", "8,1", "8,2", "8,3", "8,4"})
    void arrivingGroup_allSlotsTaken_isBornInExchangeForHalvesThatMerge(int d, long seed) {
        Groups groups = groups(4, 4, d, seed);
        double[] there = groups.centre(3);
        groups.leave(3).live(SETTLED);
        Map<Integer, Integer> before = groups.segments();
        assertThat(groups.last().getCentroids()).hasSize(4);

        groups.move(3, there).live(15);

        List<Lineage> changes = groups.changesSince(SETTLED);
        assertThat(changes)
                .extracting(Lineage::getFate)
                .containsExactlyInAnyOrder(Fate.MERGED, Fate.MERGED, Fate.BORN);
        List<Integer> merged =
                changes.stream()
                        .filter(entry -> entry.getFate() == Fate.MERGED)
                        .map(Lineage::getSegmentId)
                        .toList();
        assertThat(changes)
                .filteredOn(entry -> entry.getFate() == Fate.MERGED)
                .allSatisfy(
                        entry ->
                                assertThat(entry.getParents())
                                        .containsExactlyInAnyOrderElementsOf(merged));
        Map<Integer, Integer> after = groups.segments();
        different(after);
        before.forEach(
                (group, id) -> {
                    if (!merged.contains(id)) {
                        assertThat(after.get(group)).isEqualTo(id);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "8,1", "8,2"})
    void groupThatParts_slotFree_isSplit_andTheMajorityKeepsTheId(int d, long seed) {
        Groups free = withFreeSlot(d, seed);
        int id = free.segmentOf(0);
        Map<Integer, Integer> before = free.segments();

        double[] from = free.centre(0);
        free.move(4, from).live(20);
        assertThat(free.changesSince(SETTLED + DYING)).isEmpty();
        for (int step = 1; step <= 60; step++) {
            double[] to = from.clone();
            to[0] += 8 * step / 60.0;
            free.move(4, to).live(1);
        }
        free.live(20);

        List<Lineage> changes = free.changesSince(SETTLED + DYING);
        assertThat(changes)
                .hasSize(2)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.getFate()).isEqualTo(Fate.SPLIT);
                            assertThat(entry.getParents()).containsExactly(id);
                        });
        assertThat(List.of(free.segmentOf(0), free.segmentOf(4)))
                .containsExactlyInAnyOrder(id, changes.get(1).getSegmentId());
        for (int group = 1; group < 4; group++) {
            assertThat(free.segmentOf(group)).isEqualTo(before.get(group));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void groupsThatMeet_andAnotherArrives_mergeForIt(long seed) {
        double[] a = {0, 0};
        double[] b = {14, 0};
        double[] sixth = {80, 20};
        double[][] centres = {a, b, {40, 0}, {0, 40}, {40, 40}, sixth};
        Groups groups = new Groups(5, 6_000, seed, centres).leave(5).live(SETTLED);
        Map<Integer, Integer> before = groups.segments();
        different(before);
        for (int step = 1; step <= 30; step++) {
            double way = 7 * step / 30.0;
            groups.move(0, way, 0).move(1, 14 - way, 0).live(1);
        }

        groups.live(20).move(5, sixth).live(20);

        assertThat(groups.segmentOf(0)).isEqualTo(groups.segmentOf(1));
        assertThat(groups.segmentOf(0)).isIn(before.get(0), before.get(1));
        assertThat(before.values()).doesNotContain(groups.segmentOf(5));
        for (int group = 2; group < 5; group++) {
            assertThat(groups.segmentOf(group)).isEqualTo(before.get(group));
        }
        assertThat(groups.changesSince(SETTLED))
                .extracting(Lineage::getFate)
                .containsExactlyInAnyOrder(Fate.MERGED, Fate.MERGED, Fate.BORN);
    }

    /** Overlapping groups, as many as segments, one less and two less: nothing may ever happen. */
    @ParameterizedTest
    @CsvSource({"4,2", "6,8"})
    void stationaryGroups_overManySeeds_neverChangeStructure(int k, int d) {
        List<Lineage> changes = new ArrayList<>();
        int snapshots = 0;
        for (long seed = 1; seed <= 20; seed++) {
            int count = Math.max(2, (int) (k - seed % 3));
            double[][] centres = apart(count, d, d == 2 ? 20 : 8, 3, seed);
            Groups groups = new Groups(k, 3_000, seed, centres).live(30);
            changes.addAll(groups.changesSince(SETTLED));
            snapshots += groups.since(SETTLED).size();
        }
        assertThat(changes).isEmpty();
        assertThat(snapshots).isGreaterThan(1_500);
    }

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "8,1", "8,2"})
    void bots_oneUserInAHundredFarFromAllGroups_getNoFreeSlot(int d, long seed) {
        Groups groups = withFreeSlot(d, seed);

        groups.absurd(0.01, 2 * edge(d)).live(30);

        assertThat(groups.changesSince(SETTLED + DYING)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2,1e2", "2,1e6", "8,1e2", "8,1e6"})
    void absurdVotes_oneInAHundred_moveNobody(int d, double absurd) {
        Groups groups = groups(4, 4, d, 2).live(SETTLED);
        Map<Integer, Integer> before = groups.segments();

        groups.absurd(0.01, absurd).live(40);

        assertThat(groups.changesSince(SETTLED)).isEmpty();
        assertThat(groups.segments()).isEqualTo(before);
        assertThat(groups.relabelledSince(SETTLED, 0, 1, 2, 3)).isLessThanOrEqualTo(0.002);
    }

    @ParameterizedTest
    @CsvSource({"2,1e2,2", "2,1e2,5", "2,1e6,2", "8,1e2,1", "8,1e6,2"})
    void absurdVotes_oneInAHundredFromTheFirst_leaveEachGroupItsSegment(
            int d, double absurd, long seed) {
        Groups groups = groups(4, 4, d, seed).absurd(0.01, absurd).live(25);

        different(groups.segments());
    }

    /** A share of 0.4 % is under 0.05 / K, and all that the segment ever had. */
    @Test
    void smallSegment_thatKeepsItsFewVotes_lives() {
        double[][] centres = {{0, 0}, {20, 0}, {0, 20}};
        CentroidSnapshot given = groups(3, 3, 2, 1).live(SETTLED).last();
        for (int j = 0; j < centres.length; j++) {
            given.getCentroids().get(j).setVector(List.of(centres[j][0], centres[j][1]));
            given.getCentroids().get(j).setWeight(j == 2 ? 20.0 : 2_490.0);
        }
        Trainer trainer = new Trainer(Votes.features("x0", "x1"), Votes.options(3));
        trainer.startFrom(given);
        List<CentroidSnapshot> published = new ArrayList<>();
        for (int day = 20; day < 80; day++) {
            for (int user = 0; user < 1_000; user++) {
                double[] at = centres[user < 4 ? 2 : user % 2];
                trainer.onVote(
                        Votes.vote(
                                Votes.features("x0", "x1"),
                                user,
                                Votes.START + day * Votes.DAY + 1,
                                at[0] + user % 7 * 0.1,
                                at[1] + user % 5 * 0.1));
            }
            published.addAll(trainer.advanceTo(Votes.START + (day + 1) * Votes.DAY));
        }

        assertThat(published).hasSizeGreaterThan(50);
        assertThat(published)
                .flatExtracting(CentroidSnapshot::getLineage)
                .extracting(Lineage::getFate)
                .containsOnly(Fate.SURVIVED);
    }

    @Test
    void structuralChanges_areAtMostOneASnapshot_andIdsAreNeverUsedAgain() {
        for (long seed = 1; seed <= 3; seed++) {
            Groups groups = groups(4, 4, 2, seed).live(SETTLED);
            for (int turn = 0; turn < 3; turn++) {
                double[][] others = apart(4, 2, edge(2), DISTANCE, 100 * seed + turn);
                groups.leave(turn).live(DYING).move(turn, others[turn]).live(10);
            }
            List<Integer> born = new ArrayList<>();
            for (CentroidSnapshot snapshot : groups.published()) {
                List<Lineage> entries =
                        snapshot.getLineage().stream()
                                .filter(entry -> snapshot.getVersion() > 1)
                                .filter(entry -> entry.getFate() != Fate.SURVIVED)
                                .toList();
                if (snapshot.getCreatedAt().toEpochMilli() > Votes.START + SETTLED * Votes.DAY) {
                    assertThat(entries.size()).isLessThanOrEqualTo(4);
                }
                entries.stream()
                        .filter(entry -> entry.getFate() == Fate.BORN)
                        .forEach(entry -> born.add(entry.getSegmentId()));
            }
            assertThat(born).doesNotHaveDuplicates();
        }
    }
}
