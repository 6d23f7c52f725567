// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureSetTest {
    private static final FeatureSpec VIEWS = count("views", "view", 7, true);
    private static final FeatureSpec CARTS = count("carts", "cart", 30, false);

    @Test
    void of_twoOfOneName_refused() {
        refused(List.of(VIEWS, count("views", "cart", 1, true)), "'views'", "rename");
    }

    @Test
    void of_ratioOfUnknown_refused() {
        refused(List.of(VIEWS, ratio("r", "carts", "views")), "features[r].numerator", "'carts'");
        refused(List.of(VIEWS, ratio("r", "views", "carts")), "features[r].denominator", "'carts'");
    }

    @Test
    void of_ratioOfRatioOrItself_refused() {
        FeatureSpec inner = ratio("inner", "views", "carts");
        refused(
                List.of(VIEWS, CARTS, inner, ratio("r", "inner", "views")),
                "features[r].numerator",
                "'inner'");
        refused(List.of(VIEWS, ratio("r", "r", "views")), "features[r].numerator", "'r'");
    }

    @Test
    void of_nothingClustered_refused() {
        refused(List.of(CARTS), "cluster: true");
        refused(List.of(), "cluster: true");
    }

    @Test
    void toVector_clusteredOnly_transformed() {
        FeatureSpec raw =
                new FeatureSpec(
                        "raw",
                        FeatureKind.RECENCY,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Transform.NONE,
                        true,
                        null,
                        null);
        FeatureSet set = FeatureSet.of(List.of(CARTS, VIEWS, raw));
        double[] vector = new double[2];
        set.toVector(new double[] {5, 3, 2.5}, vector);

        assertThat(vector).containsExactly(StrictMath.log1p(3), 2.5);
        assertThat(set.size()).isEqualTo(3);
        assertThat(set.dimension()).isEqualTo(2);
        assertThat(set.clusteredFeature(0)).isEqualTo(VIEWS);
    }

    @Test
    void typeIndex_knownAndUnknown_sortedPositions() {
        FeatureSet set = FeatureSet.of(List.of(VIEWS, CARTS));

        assertThat(set.eventTypes()).containsExactly("cart", "view");
        assertThat(set.typeIndex("view")).isEqualTo(1);
        assertThat(set.typeIndex("purchase")).isEqualTo(FeatureSet.OTHER_TYPE);
    }

    @Test
    void largestClusteredWindow_ratioClustered_looksThroughIt() {
        FeatureSet set = FeatureSet.of(List.of(VIEWS, CARTS, ratio("r", "carts", "views")));

        assertThat(set.largestClusteredWindow()).isEqualTo(Duration.ofDays(30));
        assertThat(FeatureSet.of(List.of(VIEWS, CARTS)).largestClusteredWindow())
                .isEqualTo(Duration.ofDays(7));
    }

    @Test
    void fingerprint_anyDifferenceThatMatters_differs() {
        long original = FeatureSet.of(List.of(VIEWS, CARTS)).fingerprint();

        assertThat(FeatureSet.of(List.of(count("views", "view", 7, true), CARTS)).fingerprint())
                .isEqualTo(original);
        assertThat(
                        List.of(
                                List.of(CARTS, VIEWS),
                                List.of(VIEWS),
                                List.of(count("seen", "view", 7, true), CARTS),
                                List.of(count("views", "view", 8, true), CARTS),
                                List.of(count("views", "cart", 7, true), CARTS),
                                List.of(VIEWS, count("carts", "cart", 30, true))))
                .allSatisfy(
                        other ->
                                assertThat(FeatureSet.of(other).fingerprint())
                                        .isNotEqualTo(original));
    }

    @Test
    void defaults_asDocumented() {
        FeatureSet shop = DefaultFeatures.shop();
        assertThat(clusteredNames(shop))
                .containsExactly(
                        "distinct_items_90d",
                        "spend_90d",
                        "purchases_90d",
                        "sessions_90d",
                        "sessions_30d",
                        "views_30d",
                        "cart_ratio_30d",
                        "cancel_ratio_90d");
        assertThat(shop.eventTypes())
                .containsExactly("cancel", "cart", "favorite", "purchase", "view");
        assertThat(shop.features())
                .extracting(FeatureSpec::name)
                .contains("recency", "views_24h", "purchases_24h", "views_1h");
        assertThat(shop.largestClusteredWindow()).isEqualTo(Duration.ofDays(90));

        FeatureSet browsing = DefaultFeatures.browsing();
        assertThat(clusteredNames(browsing))
                .containsExactly(
                        "views_7d",
                        "cart_favourite_7d",
                        "purchases_7d",
                        "sessions_7d",
                        "breadth_7d");
        assertThat(browsing.largestClusteredWindow()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void defaults_clusteredFeatures_haveWordsOfTheirOwn() {
        for (FeatureSet set : List.of(DefaultFeatures.shop(), DefaultFeatures.browsing())) {
            List<String> words =
                    set.features().stream()
                            .filter(FeatureSpec::clustered)
                            .flatMap(f -> Stream.of(f.high(), f.low()))
                            .toList();
            assertThat(words).doesNotContainNull().doesNotHaveDuplicates();
        }
    }

    private static List<String> clusteredNames(FeatureSet set) {
        return set.features().stream()
                .filter(FeatureSpec::clustered)
                .map(FeatureSpec::name)
                .toList();
    }

    private static void refused(List<FeatureSpec> features, String... parts) {
        assertThatThrownBy(() -> FeatureSet.of(features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static FeatureSpec count(String name, String type, int days, boolean clustered) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(type),
                null,
                Duration.ofDays(days),
                null,
                null,
                null,
                clustered,
                null,
                null);
    }

    private static FeatureSpec ratio(String name, String numerator, String denominator) {
        return new FeatureSpec(
                name,
                FeatureKind.RATIO,
                null,
                null,
                null,
                numerator,
                denominator,
                null,
                true,
                null,
                null);
    }
}
