// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDifferenceTest {
    private static final FeatureSet TWO =
            FeatureSet.of(
                    List.of(
                            Specs.count("buys", 30, "purchase"),
                            Specs.sum("spend", 90, "purchase")));

    private final CentroidSnapshot first =
            Snapshots.version(
                    1,
                    TWO,
                    Snapshots.segment(TWO, 1, "one", 30, 1, 1),
                    Snapshots.segment(TWO, 2, "two", 70, 6, 4));

    private static List<String> statements(CentroidSnapshot parent, CentroidSnapshot next) {
        return ModelDifference.between(parent, next, TWO).statements();
    }

    private static Lineage fate(int id, String label, Fate fate, Integer... parents) {
        return new Lineage(id, label, fate, List.of(parents));
    }

    @Test
    void between_firstVersion_saysSo() {
        ModelDifference difference = ModelDifference.between(null, first, TWO);

        assertThat(difference.statements()).containsExactly("the first model, of 2 segments");
        assertThat(difference.fromVersion()).isZero();
        assertThat(difference.born()).containsExactly(1, 2);
    }

    @Test
    void between_equalVersions_saysThatNothingIsWorthTelling() {
        CentroidSnapshot same = CentroidSnapshot.newBuilder(first).setVersion(2).build();

        ModelDifference difference = ModelDifference.between(first, same, TWO);

        assertThat(difference.isNotable()).isFalse();
        assertThat(difference.statements()).hasSize(1);
    }

    @Test
    void between_alarmBeginsAndEnds_tellsEachOnce() {
        CentroidSnapshot drifting = CentroidSnapshot.newBuilder(first).setVersion(2).build();
        drifting.getDrift().setSince(Instant.EPOCH);

        assertThat(ModelDifference.between(first, drifting, TWO).statements())
                .singleElement(STRING)
                .contains("begun to drift");
        assertThat(ModelDifference.between(drifting, drifting, TWO).isNotable()).isFalse();
        assertThat(ModelDifference.between(drifting, first, TWO).statements())
                .singleElement(STRING)
                .contains("alarm is over");
    }

    /** From (1, 1) to (4, 5): 5 in sigmas, 2.5 of the spread of 2; share 30 to 60 of 100. */
    @Test
    void between_movedCentroid_tellsSpreadsUnitsAndShare() {
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        TWO,
                        Snapshots.segment(TWO, 1, "one", 60, 4, 5),
                        Snapshots.segment(TWO, 2, "two", 40, 6, 4));

        ModelDifference difference = ModelDifference.between(first, next, TWO);

        assertThat(difference.moves()).hasSize(2);
        assertThat(difference.moves().get(0).spreads()).isCloseTo(2.5, within(1e-12));
        assertThat(difference.statements())
                .containsExactly(
                        "segment 1 (one) moved by 2.5 of its spread: spend in 90 days rose from 1"
                                + " to 5, purchases in 30 days rose from 1 to 4; it grew from 30 %"
                                + " to 60 % of the users",
                        "segment 2 (two) shrank from 70 % to 40 % of the users");
    }

    @Test
    void between_otherSegments_tellsBirthsAndDeaths() {
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        TWO,
                        Snapshots.segment(TWO, 2, "two", 70, 6, 4),
                        Snapshots.segment(TWO, 3, "three", 30, 9, 9));

        ModelDifference difference = ModelDifference.between(first, next, TWO);

        assertThat(difference.born()).containsExactly(3);
        assertThat(difference.died()).containsExactly(1);
        assertThat(difference.statements())
                .containsExactly(
                        "segment 1 (one) died",
                        "segment 3 (three) was born with 30 % of the users");
    }

    @Test
    void between_splitAndMerged_namesTheParents() {
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        TWO,
                        Snapshots.segment(TWO, 2, "two", 50, 6, 4),
                        Snapshots.segment(TWO, 3, "three", 50, 9, 9));
        next.setLineage(
                List.of(
                        fate(1, "one", Fate.MERGED, 1, 2),
                        fate(2, "two", Fate.MERGED, 1, 2),
                        fate(3, "three", Fate.SPLIT, 2)));

        assertThat(statements(first, next))
                .startsWith(
                        "segment 1 (one) was merged",
                        "segment 2 (two) took in segment 1 (one) with 50 % of the users",
                        "segment 3 (three) split off from segment 2 (two) with 50 % of the users");
    }

    @Test
    void between_split_tellsTheNewSegmentAlone() {
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        TWO,
                        Snapshots.segment(TWO, 1, "one", 50, 1, 1),
                        Snapshots.segment(TWO, 2, "two", 30, 6, 4),
                        Snapshots.segment(TWO, 3, "three", 20, 9, 9));
        next.setLineage(
                List.of(
                        fate(1, "one", Fate.SURVIVED),
                        fate(2, "two", Fate.SPLIT, 2),
                        fate(3, "three", Fate.SPLIT, 2)));

        assertThat(statements(first, next))
                .contains("segment 3 (three) split off from segment 2 (two) with 20 % of the users")
                .noneMatch(statement -> statement.startsWith("segment 2 (two) split"));
    }

    @Test
    void between_versionsFarApart_doesNotTrustTheLineage() {
        CentroidSnapshot next =
                Snapshots.version(
                        9,
                        TWO,
                        Snapshots.segment(TWO, 1, "one", 30, 1, 1),
                        Snapshots.segment(TWO, 2, "two", 70, 6, 4));
        next.setLineage(List.of(fate(2, "two", Fate.MERGED, 2, 8)));

        assertThat(ModelDifference.between(first, next, TWO).isNotable()).isFalse();
    }

    @Test
    void between_newWordingFrameAndRelabelled_tellsThem() {
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        TWO,
                        Snapshots.segment(TWO, 1, "uno", 30, 1, 1),
                        Snapshots.segment(TWO, 2, "two", 70, 6, 4));
        first.setWarming(true);
        next.setRescaled(true);
        next.setRescaleRelabelled(0.03);
        next.setRelabelled(0.042);

        assertThat(statements(first, next))
                .containsExactly(
                        "segment 1 (one) is now called uno",
                        "distances are measured in new sigmas, which alone moves 3 % of the users",
                        "the largest window is full, warming is over",
                        "4.2 % of the users are nearest to another segment than before");
    }

    @Test
    void between_otherFeatures_tellsThemAndComparesNoPlaces() {
        FeatureSet one = FeatureSet.of(List.of(Specs.count("buys", 30, "purchase")));
        CentroidSnapshot next =
                Snapshots.version(
                        2,
                        one,
                        Snapshots.segment(one, 1, "one", 30, 50),
                        Snapshots.segment(one, 2, "two", 70, 6));

        ModelDifference difference = ModelDifference.between(first, next, one);

        assertThat(difference.moves()).allMatch(move -> move.spreads() == 0);
        assertThat(difference.statements())
                .containsExactly("the features changed from buys, spend to buys");
    }
}
