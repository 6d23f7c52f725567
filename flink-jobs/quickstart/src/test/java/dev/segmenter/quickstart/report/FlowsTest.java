// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static dev.segmenter.quickstart.report.Records.START;
import static dev.segmenter.quickstart.report.Records.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.report.ReportData.Flow;
import dev.segmenter.quickstart.report.ReportData.FlowPeriod;
import dev.segmenter.schemas.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowsTest {
    @Test
    void of_movesOfMonths_tellsEachMonthAndTheWhole() {
        MoveCounts moves = new MoveCounts();
        for (int day = 0; day < 100; day++) {
            moves.add(hour(24L * day), new Move(1, 2, Cause.BEHAVIOUR));
        }
        moves.add(START, new Move(1, Move.NOWHERE, Cause.EXPIRY));

        List<FlowPeriod> periods = Flows.of(moves);

        assertThat(periods)
                .extracting(FlowPeriod::name)
                .containsExactly(
                        "whole period", "March 2024", "April 2024", "May 2024", "June 2024");
        assertThat(periods.get(0).flows())
                .containsExactly(
                        new Flow(1, 0, Cause.EXPIRY, 1), new Flow(1, 2, Cause.BEHAVIOUR, 100));
        assertThat(periods.get(2).flows()).containsExactly(new Flow(1, 2, Cause.BEHAVIOUR, 30));
        assertThat(periods.get(4).flows()).containsExactly(new Flow(1, 2, Cause.BEHAVIOUR, 8));
    }

    @Test
    void of_movesOfOneDay_isTheWholeOnly() {
        MoveCounts moves = new MoveCounts();
        moves.add(START, new Move(0, 2, Cause.FIRST));
        moves.add(hour(5), new Move(0, 2, Cause.FIRST));

        assertThat(Flows.of(moves)).hasSize(1);
    }

    @Test
    void of_noMoves_isAnEmptyWhole() {
        assertThat(Flows.of(new MoveCounts()))
                .containsExactly(new FlowPeriod("whole period", List.of()));
    }
}
