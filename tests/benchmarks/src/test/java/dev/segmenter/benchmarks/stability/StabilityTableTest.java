// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityTableTest {
    @Test
    void toMarkdown_ofARow_tellsEveryFigureInItsColumn() {
        Row row =
                new Row(
                        "set", "all", 0.3, 48, 6, 1234.4, 0.5, 0.375, 0.125, 1, 2, 3, 0, 4, 0.125,
                        0.05);

        String[] lines = new StabilityTable(List.of(row)).toMarkdown().split("\n");

        assertThat(lines)
                .hasSize(3)
                .endsWith(
                        "| all | 0.30 | 48 h | 6 h | 1234 | 0.5000 | 0.3750 | 0.1250 | 1 | 2 | 3 | 0 |"
                                + " 4 | 12.5 % | 5.0 % |");
        assertThat(lines[0].split("\\|")).hasSameSizeAs(lines[2].split("\\|"));
    }
}
