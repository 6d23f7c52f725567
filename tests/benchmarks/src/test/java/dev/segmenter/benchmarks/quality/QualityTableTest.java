// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTableTest {
    @Test
    void toMarkdown_ofSeveralSeeds_tellsMedianAndWorst() {
        QualityTable table =
                new QualityTable(
                        List.of(
                                result(10, 0.5, 1.2, 0.00),
                                result(30, 0.9, 1.0, 0.02),
                                result(20, 0.6, 1.1, -0.01)));

        assertThat(table.toMarkdown().lines())
                .contains("3 seeds; medians: 20 users, 200 events, 6 segments.")
                .contains("| segmenter | 0.600 | 0.500 | 1.100 | 1.200 | 0.250 |")
                .contains("| chance | 0.000 | 0.020 |  |  |  |");
    }

    @Test
    void toMarkdown_withoutTruth_leavesTheIndexOut() {
        QualityTable table = new QualityTable(List.of(result(10, null, 1.25, null)));

        assertThat(table.toMarkdown().lines())
                .contains("| batch |  |  | 1.250 | 1.250 | 0.250 |")
                .noneMatch(line -> line.contains("chance"));
    }

    private static TrialResult result(int users, Double ari, double ratio, Double chance) {
        List<Score> scores =
                Arrays.stream(Method.values())
                        .map(method -> new Score("set", method, 1, ratio, ari, 0.25, 1e3, null))
                        .toList();
        return new TrialResult(users, 10L * users, 6, chance, scores);
    }
}
