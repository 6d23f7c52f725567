// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureWordsTest {
    private static final FeatureSet FEATURES =
            FeatureSet.of(
                    List.of(
                            Specs.count("buys", 30, "purchase"),
                            Specs.count("views", 30, "view"),
                            Specs.count("views_week", 7, "view"),
                            Specs.count("today", 1, "view"),
                            Specs.count("all", 7),
                            Specs.count("levels", 7, "level_up"),
                            Specs.worded(
                                    Specs.count("wishes", 7, "favorite", "cart"),
                                    "collectors",
                                    null),
                            Specs.sum("spend", 90, "purchase"),
                            Specs.sum("refunds", 90, "cancel"),
                            Specs.distinct("items", EventField.ITEM, 90),
                            Specs.distinct("bought", EventField.ITEM, 90, "purchase"),
                            Specs.distinct("categories", EventField.CATEGORY, 7),
                            Specs.sessions("visits", 30),
                            Specs.recency("silence"),
                            Specs.recency("since_buying", "purchase"),
                            Specs.ratio("conversion", "buys", "views"),
                            Specs.ratio("shift", "views_week", "views"),
                            Specs.ratio("basket", "spend", "buys"),
                            Specs.ratio("refunded", "refunds", "spend")));

    private final FeatureWords words = new FeatureWords(FEATURES);

    private static FeatureSpec feature(String name) {
        return FEATURES.features().get(FEATURES.indexOf(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    buys         | 3.14  | 3.1 purchases in 30 days
                    buys         | 1     | 1 purchase in 30 days
                    today        | 4     | 4 views in 24 hours
                    all          | 0     | 0 events in 7 days
                    levels       | 12.2  | 12 level up events in 7 days
                    wishes       | 2     | 2 cart additions or favourites in 7 days
                    spend        | 210.4 | 210 spent in 90 days
                    refunds      | 7     | 7 worth of cancellations in 90 days
                    items        | 12    | 12 different items in 90 days
                    bought       | 1     | 1 different item bought in 90 days
                    categories   | 3     | 3 different categories in 7 days
                    visits       | 1     | 1 session in 30 days
                    silence      | 2     | silent for 2 days
                    silence      | 1     | silent for 1 day
                    silence      | 0.25  | silent for 6 hours
                    silence      | 0     | silent for 0 days
                    since_buying | 9.4   | 9.4 days since the last purchase
                    conversion   | 0.35  | purchases at 35 % of views in 30 days
                    conversion   | 2     | 2 purchases per view in 30 days
                    shift        | 0.5   | views in 7 days at 50 % of views in 30 days
                    basket       | 42    | 42 spent in 90 days per purchase in 30 days
                    basket       | 0.5   | 0.5 spent in 90 days per purchase in 30 days
                    refunded     | 0.1   | value of cancellations at 10 % of spend in 90 days
                    """)
    void amount_ofEachKind_hasItsUnitAndWindow(String name, double value, String expected) {
        assertThat(words.amount(feature(name), value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    buys       | 0   | 3.1   | purchases in 30 days rose from 0 to 3.1
                    buys       | 3   | 3     | purchases in 30 days stayed at 3
                    buys       | 3.1 | 3.101 | purchases in 30 days rose from 3.1 to 3.101
                    spend      | 900 | 45.2  | spend in 90 days fell from 900 to 45
                    silence    | 0.5 | 4     | silence rose from 12 hours to 4 days
                    silence    | 9   | 2     | silence fell from 9 to 2 days
                    conversion | 0.1 | 0.35  | purchases per view in 30 days rose from 10 % to 35 %
                    conversion | 0.5 | 2     | purchases per view in 30 days rose from 0.5 to 2
                    no_more    | 1   | 2     | no more rose from 1 to 2
                    """)
    void movement_betweenTwoValues_saysBothInOneUnit(
            String name, double before, double now, String expected) {
        assertThat(words.movement(name, before, now)).isEqualTo(expected);
    }

    @Test
    void comparison_leavesOutWhatIsSaidAlready() {
        assertThat(words.comparison(feature("buys"), 3.1, 0.4, "buys often"))
                .isEqualTo("buys often, 3.1 purchases in 30 days against 0.4");
        assertThat(words.comparison(feature("spend"), 210, 45, "spends much"))
                .isEqualTo("spends much, 210 in 90 days against 45");
        assertThat(words.comparison(feature("silence"), 2, 9, null))
                .isEqualTo("silent for 2 days against 9");
        assertThat(words.comparison(feature("silence"), 0.5, 9, null))
                .isEqualTo("silent for 12 hours against 9 days");
    }

    @Test
    void lead_knownActions_areVerbs_othersTheDeclaredWords() {
        assertThat(words.lead(feature("buys"), true)).isEqualTo("buys often");
        assertThat(words.lead(feature("wishes"), true)).isEqualTo("collectors");
        assertThat(words.lead(feature("wishes"), false)).isNull();
        assertThat(words.lead(feature("levels"), true)).isNull();
    }

    @Test
    void shortWords_declaredElseFromTheName() {
        assertThat(FeatureWords.shortWords(feature("wishes"), true)).isEqualTo("collectors");
        assertThat(FeatureWords.shortWords(feature("views_week"), false))
                .isEqualTo("low views week");
    }
}
