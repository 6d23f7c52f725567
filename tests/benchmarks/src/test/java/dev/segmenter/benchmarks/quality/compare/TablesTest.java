// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.benchmarks.quality.Score;
import dev.segmenter.benchmarks.quality.Score.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final SetTable SET =
            new SetTable(
                    "Sizes.",
                    List.of(
                            score(Method.SEGMENTER, 1.02, 0.99),
                            score(Method.SEGMENTER, 1.00, 1.00),
                            score(Method.SEGMENTER, 1.01, 0.98),
                            score(Method.SPARK, 1.0099, 0.99),
                            score(Method.SKLEARN, 1.3, 0.5)));

    @Test
    void setTable_ofSeveralSeeds_tellsMediansAndWorst() {
        assertThat(SET.toMarkdown().lines())
                .contains("Sizes.")
                .contains("| segmenter | 3 | 1.0100 | 1.0200 | 0.990 | 0.980 | 0.250 | 1,200 |")
                .contains("| spark | 1 | 1.0099 | 1.0099 | 0.990 | 0.990 | 0.250 | 1,200 |");
    }

    @Test
    void bars_ofASet_compareTheMedianWithTheLimitAndTheBestPeer() {
        Bars bars = new Bars();
        bars.observe("s1", SET);
        bars.observe("statlog", SET);

        assertThat(bars.toMarkdown().lines())
                .contains("| s1: SSE ratio, median | at most 1.005 | 1.0100 | missed |")
                .contains("| statlog: SSE ratio, median | at most 1.030 | 1.0100 | reached |")
                .contains(
                        "| s1: SSE ratio, median | no worse than the best peer's 1.0099 | 1.0100 |"
                                + " missed |");
    }

    @Test
    void bars_ofUnbalance_countTheSeeds() {
        Bars bars = new Bars();
        bars.observe("unbalance", SET);

        assertThat(bars.toMarkdown()).contains("| at least 9 of 10 | 2 of 3 | missed |");
    }

    @Test
    void bars_ofStreams_takeTheMedianAndTheWorstOfIds() {
        Bars bars = new Bars();
        StreamTable sudden =
                new StreamTable(
                        List.of(
                                stream(1.9, null, 0),
                                stream(1.5, null, 1),
                                stream(Double.POSITIVE_INFINITY, null, 0)));
        bars.observe("sudden", sudden);
        bars.observe("vanishing", new StreamTable(List.of(stream(null, 0.25, 0))));

        assertThat(sudden.toMarkdown()).contains("| segmenter | 3 | 1.90 | never |");
        assertThat(bars.toMarkdown().lines())
                .anyMatch(line -> line.contains("half-lives") && line.endsWith("1.90 | reached |"))
                .anyMatch(line -> line.contains("sudden: ids") && line.endsWith("| 1 | missed |"))
                .anyMatch(line -> line.endsWith("| at most 2.00 % | 25.00 % | missed |"));
    }

    @Test
    void bars_ofAStationaryStream_countAlarmsPerThousandBatches() {
        Bars bars = new Bars();
        StreamTable stationary =
                new StreamTable(List.of(stream(null, null, 0), stream(null, null, 0)));
        bars.observe("stationary-s3", stationary);

        assertThat(stationary.toMarkdown()).contains("| 1.0 | 1 |");
        // Two alarms in two streams of 260 batches.
        assertThat(bars.toMarkdown()).contains("| at most 1 | 3.85 | missed |");
    }

    @Test
    void figures_ofNone_areBlank() {
        assertThat(Figures.decimals(Figures.median(new double[0]), 2)).isEmpty();
        assertThat(Figures.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
    }

    private static Score score(Method method, double ratio, double ari) {
        return new Score("set", method, 1, ratio, ari, 0.25, 1234, null);
    }

    private static StreamScore stream(Double halfLives, Double total, int changed) {
        return new StreamScore(
                score(Method.SEGMENTER, 1, 1), halfLives, 1.0, null, total, total, changed, 0, 1);
    }
}
