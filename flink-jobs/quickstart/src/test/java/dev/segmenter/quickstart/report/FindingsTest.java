// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.quickstart.report.ReportData.SegmentCard;
import dev.segmenter.schemas.Cause;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FindingsTest {
    @Test
    void of_aRun_saysWhatStandsOut() {
        SortedMap<Move, Long> moves = new TreeMap<>();
        moves.put(new Move(1, 2, Cause.BEHAVIOUR), 1_500L);
        moves.put(new Move(1, 2, Cause.MODEL), 100L);
        moves.put(new Move(2, 1, Cause.BEHAVIOUR), 400L);
        moves.put(new Move(0, 1, Cause.FIRST), 900L);
        moves.put(new Move(1, 0, Cause.EXPIRY), 30L);
        moves.put(new Move(2, 0, Cause.EXPIRY), 10L);

        assertThat(Findings.of(List.of(card(1, 250, 300), card(2, 750, 740)), moves))
                .containsExactly(
                        "The largest segment is “label 2” with 750 of 1,000 users (75.0 %).",
                        "“label 1” shrank most lately: from 300 to 250 users in 30 days.",
                        "Of 2,000 moves between segments 1,900 (95.0 %) happened because the users"
                                + " behaved differently, 100 because the model learned.",
                        "The busiest way leads from “label 1” to “label 2”, taken 1,600 times; the"
                                + " way back 400 times.",
                        "40 times a user left after long silence, most often from “label 1”"
                                + " (75.0 %).");
    }

    @Test
    void of_nothing_saysNothing() {
        assertThat(Findings.of(List.of(), new TreeMap<>())).isEmpty();
    }

    private static SegmentCard card(int id, long users, long before) {
        return new SegmentCard(
                id, Records.label(id), true, users, before, 30, 0, 0, "typical", List.of());
    }
}
