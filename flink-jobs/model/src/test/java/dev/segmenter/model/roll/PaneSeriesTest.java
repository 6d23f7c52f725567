// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaneSeriesTest {
    @Test
    void prune_severalPanes_leavesTheRest() {
        PaneSeries series = new Totals(true);
        for (int pane : new int[] {5, 1, 3, 2, 4, 3}) {
            series.add(pane, pane);
        }
        assertThat(series.value(0)).isEqualTo(18);
        assertThat(series.value(3)).isEqualTo(15);
        series.prune(4);

        assertThat(series.value(0)).isEqualTo(9);
        assertThat(series.firstPane(0)).isEqualTo(4);
        assertThat(series.firstPane(6)).isEqualTo(Aggregate.NO_PANE);
        series.add(4, 1);
        assertThat(series.value(0)).isEqualTo(10);
    }
}
