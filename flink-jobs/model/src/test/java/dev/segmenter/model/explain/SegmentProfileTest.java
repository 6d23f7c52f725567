// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentProfileTest {
    private static final FeatureSet SHOP =
            FeatureSet.of(
                    List.of(
                            Specs.count("buys", 30, "purchase"),
                            Specs.sum("spend", 90, "purchase"),
                            Specs.count("views", 30, "view"),
                            Specs.reported(Specs.recency("silence")),
                            Specs.reported(Specs.count("carts", 30, "cart"))));

    private static List<SegmentProfile> profiles(FeatureSet features, Centroid... centroids) {
        return SegmentProfile.of(Snapshots.version(1, features, centroids), features);
    }

    /** Population means by weight 1 : 3, hence 1, 75, 5, 7.25 and 1: (4 + 0) / 4, (240 + 60) / 4 ... */
    @Test
    void of_twoSegments_tellsMeansDeviationsAndWordsStrongestFirst() {
        List<SegmentProfile> profiles =
                profiles(
                        SHOP,
                        Snapshots.segment(SHOP, 3, "the loyal", 1, 4, 240, 5, 2, 1),
                        Snapshots.segment(SHOP, 5, "the rest", 3, 0, 20, 5, 9, 1));

        SegmentProfile loyal = profiles.get(0);
        assertThat(loyal.segmentId()).isEqualTo(3);
        assertThat(loyal.label()).isEqualTo("the loyal");
        assertThat(loyal.share()).isEqualTo(0.25);
        assertThat(loyal.traits())
                .extracting(Trait::feature, Trait::value, Trait::population, Trait::sigmas)
                .containsExactly(
                        tuple("spend", 240.0, 75.0, 165.0),
                        tuple("buys", 4.0, 1.0, 3.0),
                        tuple("silence", 2.0, 7.25, 0.0));
        assertThat(loyal.sentence())
                .isEqualTo(
                        "spends much, 240 in 90 days against 75 overall; buys often, 4 purchases in"
                                + " 30 days against 1; silent for 2 days against 7.3");
        assertThat(profiles.get(1).sentence())
                .isEqualTo(
                        "spends little, 20 in 90 days against 75 overall; buys rarely, 0 purchases"
                                + " in 30 days against 1");
    }

    @Test
    void of_segmentsAlike_saysThatNothingStandsOut() {
        SegmentProfile only =
                profiles(SHOP, Snapshots.segment(SHOP, 1, "all", 9, 4, 240, 5, 2, 1)).get(0);

        assertThat(only.traits()).isEmpty();
        assertThat(only.share()).isEqualTo(1);
        assertThat(only.sentence()).isEqualTo("close to the average in everything");
    }

    /** The centroid, a mean of logarithms, says high where the means say low: no word is right. */
    @Test
    void of_meansThatDenyTheCentroid_saysNothing() {
        FeatureSet one = FeatureSet.of(List.of(Specs.count("buys", 30, "purchase")));
        Centroid denied = new Centroid(1, "a", List.of(4.0), 1.0, 1.0, Map.of("buys", 1.0));
        Centroid other = new Centroid(2, "b", List.of(0.0), 1.0, 1.0, Map.of("buys", 3.0));

        assertThat(profiles(one, denied, other)).allMatch(profile -> profile.traits().isEmpty());
    }

    @Test
    void of_importedModelWithoutMeans_tellsTheCentroidsInOwnUnits() {
        FeatureSet one = FeatureSet.of(List.of(Specs.count("buys", 30, "purchase")));
        Centroid many = new Centroid(1, "a", List.of(6.0), 0.0, 1.0, Map.of());
        Centroid few = new Centroid(2, "b", List.of(2.0), 0.0, 1.0, Map.of());

        List<SegmentProfile> profiles = profiles(one, many, few);

        assertThat(profiles.get(0).share()).isEqualTo(0.5);
        assertThat(profiles.get(0).sentence())
                .isEqualTo("buys often, 6 purchases in 30 days against 4 overall");
    }

    @Test
    void of_inactiveFeature_saysNothingOfIt() {
        CentroidSnapshot snapshot =
                Snapshots.version(
                        1,
                        SHOP,
                        Snapshots.segment(SHOP, 1, "a", 1, 4, 9, 5, 2, 1),
                        Snapshots.segment(SHOP, 2, "b", 1, 0, 0, 5, 2, 1));
        snapshot.setSigma(List.of(0.0, 1.0, 1.0));

        assertThat(SegmentProfile.of(snapshot, SHOP).get(0).traits())
                .extracting(Trait::feature)
                .containsExactly("spend");
    }

    @Test
    void of_sameVerbTwice_saysItOnce() {
        FeatureSet twice =
                FeatureSet.of(List.of(Specs.sessions("long", 90), Specs.sessions("short", 30)));

        assertThat(
                        profiles(
                                        twice,
                                        Snapshots.segment(twice, 1, "a", 1, 9, 6),
                                        Snapshots.segment(twice, 2, "b", 1, 1, 1))
                                .get(0)
                                .sentence())
                .isEqualTo(
                        "comes often, 9 sessions in 90 days against 5 overall; 6 sessions in 30"
                                + " days against 3.5");
    }

    @Test
    void of_snapshotOfOtherFeatures_leavesThemOut() {
        FeatureSet fewer = FeatureSet.of(List.of(Specs.count("buys", 30, "purchase")));
        CentroidSnapshot older =
                Snapshots.version(
                        1,
                        fewer,
                        Snapshots.segment(fewer, 1, "a", 1, 4),
                        Snapshots.segment(fewer, 2, "b", 1, 0));

        assertThat(SegmentProfile.of(older, SHOP).get(0).traits())
                .extracting(Trait::feature)
                .containsExactly("buys");
    }

    @Test
    void deviations_populationOfTheCentroids_averageToNothing() {
        CentroidSnapshot snapshot =
                Snapshots.version(
                        1,
                        SHOP,
                        Snapshots.segment(SHOP, 1, "a", 2, 4, 9, 5, 2, 1),
                        Snapshots.segment(SHOP, 2, "b", 3, 0, 0, 7, 2, 1),
                        Snapshots.segment(SHOP, 3, "c", 5, 1, 2, 6, 2, 1));
        Population population = new Population(snapshot, SHOP);

        for (int i = 0; i < SHOP.dimension(); i++) {
            double sum = 0;
            for (int slot = 0; slot < 3; slot++) {
                sum += population.share(slot) * population.deviations(slot)[i];
            }
            assertThat(sum).isCloseTo(0, within(1e-12));
        }
    }
}
