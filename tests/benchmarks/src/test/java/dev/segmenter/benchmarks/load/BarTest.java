// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTest {
    @Test
    void toRow_floorAndCeiling_areJudgedByTheirSide() {
        assertThat(new Bar("ratio", 0.25, 0.20, true).toRow())
                .isEqualTo("| ratio | at least 0.2 | 0.25 | reached |");
        assertThat(new Bar("ratio", 0.19, 0.20, true).toRow()).endsWith("missed |");
        assertThat(new Bar("cpu", 3.6, 3.5, false).toRow()).endsWith("missed |");
        assertThat(new Bar("cpu", 3.5, 3.5, false).toRow()).endsWith("reached |");
        assertThat(new Bar("cpu", Double.NaN, 3.5, false).toRow()).endsWith("not measured |");
    }

    @Test
    void number_anySize_hasThreeDigitsThatCount() {
        assertThat(Bar.number(1_234.4)).isEqualTo("1,234");
        assertThat(Bar.number(12.34)).isEqualTo("12.3");
        assertThat(Bar.number(1.20)).isEqualTo("1.2");
        assertThat(Bar.number(0.0504)).isEqualTo("0.05");
        assertThat(Bar.number(400)).isEqualTo("400");
    }

    @Test
    void bars_drain_areRatiosOfMedians() {
        List<LoadRow> rows =
                List.of(
                        row("decode-keyby", 2_000_000, 1, Map.of()),
                        row("naive-rocksdb", 250_000, 8, Map.of()),
                        row("whole-job", 500_000, 3.2, Map.of(StateFigures.BYTES_PER_USER, 390.0)),
                        row("textbook-flink", 5_000, 300, Map.of()),
                        row("kafka-streams", 250_000, 7, Map.of()));

        List<Bar> bars = DrainTable.bars(rows);

        assertThat(bars)
                .extracting(Bar::value)
                .containsExactly(0.25, 2.0, 100.0, 2.0, 3.2, 390.0, Double.NaN);
        assertThat(bars)
                .extracting(Bar::isReached)
                .containsExactly(true, true, true, false, true, true, false);
    }

    @Test
    void percentile_nearestRank_isOneOfTheFigures() {
        double[] figures = new double[200];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = 200 - i;
        }

        assertThat(StateFigures.percentile(figures, 0.99)).isEqualTo(198);
        assertThat(StateFigures.percentile(new double[] {5}, 0.99)).isEqualTo(5);
    }

    private static LoadRow row(
            String variant, double rate, double cpu, Map<String, Double> figures) {
        return new LoadRow(
                "drain", variant, rate, rate, rate, cpu, cpu, cpu, 3, true, figures, Map.of());
    }
}
