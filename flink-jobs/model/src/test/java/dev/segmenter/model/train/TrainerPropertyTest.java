// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import static dev.segmenter.model.train.Votes.DAY;
import static dev.segmenter.model.train.Votes.START;
import static dev.segmenter.model.train.Votes.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.Vote;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Lineage;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TrainerPropertyTest {
    @Property(tries = 15)
    void advanceTo_changingStructure_neverReusesAnIdAndVersionsIncrease(@ForAll long seed) {
        Random random = new Random(seed);
        Trainer trainer = new Trainer(TWO, Votes.options(3));
        Set<Integer> dead = new HashSet<>();
        Set<Integer> known = new HashSet<>();
        long version = 0;
        for (int day = 0; day < 5; day++) {
            double[][] centres = new double[2 + random.nextInt(3)][];
            for (int j = 0; j < centres.length; j++) {
                centres[j] = new double[] {20 * random.nextGaussian(), 20 * random.nextGaussian()};
            }
            long from = START + day * DAY;
            Votes.around(centres, TWO, 800, day + 1, seed).stream()
                    .filter(v -> v.time() > from)
                    .forEach(trainer::onVote);
            for (CentroidSnapshot snapshot : trainer.advanceTo(from + DAY)) {
                assertThat(snapshot.getVersion()).isEqualTo(++version);
                check(snapshot, known, dead);
            }
        }
        assertThat(version).isPositive();
    }

    @Property(tries = 5)
    void advanceTo_driftAndShadows_dependOnNoOrderOfArrival(@ForAll long seed) throws Exception {
        DriftingVotes stream = new DriftingVotes(120, batch -> batch < 40 ? 0 : 1, seed);
        Trainer sorted = new Trainer(DriftingVotes.SET, DriftingVotes.options(8, List.of(7), 1));
        Trainer shuffled = new Trainer(DriftingVotes.SET, DriftingVotes.options(8, List.of(7), 1));
        for (int batch = 0; batch < 55; batch++) {
            List<Vote> votes = stream.batch(batch);
            votes.forEach(sorted::onVote);
            Collections.shuffle(votes, new Random(seed));
            votes.forEach(shuffled::onVote);
            TrainerTest.assertSameBytes(
                    shuffled.advanceTo(DriftingVotes.endOf(batch)),
                    sorted.advanceTo(DriftingVotes.endOf(batch)));
        }
        assertThat(sorted.driftAlarms()).isEqualTo(1);
        assertThat(shuffled.driftAlarms()).isEqualTo(1);
    }

    private static void check(CentroidSnapshot snapshot, Set<Integer> known, Set<Integer> dead) {
        List<Integer> live = snapshot.getCentroids().stream().map(Centroid::getSegmentId).toList();
        assertThat(live).doesNotHaveDuplicates().noneMatch(dead::contains);
        assertThat(snapshot.getCentroids()).extracting(Centroid::getLabel).doesNotHaveDuplicates();
        assertThat(snapshot.getCentroids()).extracting(Centroid::getVector).doesNotHaveDuplicates();
        for (Lineage entry : snapshot.getLineage()) {
            boolean wasKnown = known.contains(entry.getSegmentId());
            boolean lives = live.contains(entry.getSegmentId());
            switch (entry.getFate()) {
                case BORN -> assertThat(!wasKnown && lives).isTrue();
                case SURVIVED -> assertThat(wasKnown && lives).isTrue();
                case DIED -> assertThat(wasKnown && !lives).isTrue();
                case SPLIT -> assertThat(lives).isTrue();
                case MERGED -> assertThat(wasKnown).isTrue();
            }
            assertThat(known).containsAll(entry.getParents());
            if (!lives) {
                dead.add(entry.getSegmentId());
            }
        }
        known.addAll(live);
        assertThat(known).allMatch(id -> id < snapshot.getNextSegmentId());
    }
}
