// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GrowthTableTest {
    private final LoadOptions options = LoadOptions.from(new Properties());

    @Test
    void all_cases_coverEachAxisWithEqualDensityOfEventsAUser() {
        List<GrowthCase> cases = GrowthCase.all(options);

        assertThat(cases)
                .extracting(GrowthCase::name)
                .contains(
                        "features=8",
                        "K=256",
                        "parallelism=1",
                        "partitions=16",
                        "events a day=100000000",
                        "skew=uniform",
                        "users=5000000")
                .doesNotHaveDuplicates();
        assertThat(cases)
                .filteredOn(one -> one.axis().equals(GrowthCase.USERS))
                .allMatch(one -> one.options().eventsPerDay() == 7L * one.options().users())
                .as("what is left out at the beginning is the census")
                .allMatch(one -> 0.4 * one.options().events() >= one.options().users());
    }

    @Test
    void bars_measuredCases_areTheirRatioAndFigures() {
        Map<GrowthCase, LoadRow> rows = new LinkedHashMap<>();
        put(rows, "users", "100000", 400_000, Map.of());
        put(rows, "users", "1000000", 300_000, Map.of(StateFigures.CHECKPOINT_P99, 1.5));
        put(rows, "users", "5000000", 180_000, Map.of());
        put(rows, "features", "8", 500_000, Map.of(StateFigures.BYTES_PER_USER, 410.0));

        List<Bar> bars = GrowthTable.bars(rows);

        assertThat(bars).extracting(Bar::value).containsExactly(0.45, 1.5, 410.0);
        assertThat(bars).extracting(Bar::isReached).containsExactly(false, true, false);
        assertThat(GrowthTable.of(rows)).contains("| users | 5000000 | 180 |");
    }

    private void put(
            Map<GrowthCase, LoadRow> rows,
            String axis,
            String value,
            double rate,
            Map<String, Double> figures) {
        GrowthCase one = new GrowthCase(axis, value, options);
        rows.put(
                one,
                new LoadRow(
                        "growth",
                        one.name(),
                        rate,
                        rate,
                        rate,
                        3,
                        3,
                        3,
                        3,
                        true,
                        figures,
                        Map.of()));
    }
}
