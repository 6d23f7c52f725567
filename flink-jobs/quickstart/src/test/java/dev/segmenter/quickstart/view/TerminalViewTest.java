// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import static dev.segmenter.quickstart.Changes.TIME;
import static dev.segmenter.quickstart.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.quickstart.view.ViewState.Refusals;
import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalViewTest {
    private static final ViewState STATE =
            new ViewState(
                    Duration.ofSeconds(75),
                    0.5,
                    12_345,
                    678.4,
                    new Refusals(1, 2, 3, 4),
                    400,
                    7,
                    true,
                    new ModelDifference(
                            5,
                            6,
                            List.of("segment 2 (regulars) died", "segment 4 (x) was born"),
                            List.of(4),
                            List.of(2),
                            List.of(),
                            false,
                            0),
                    TIME,
                    List.of(
                            new SegmentRow(
                                    1,
                                    "big spenders",
                                    300,
                                    0.75,
                                    12,
                                    List.of("spends much, 900 in 90 days", "silent for 2 days")),
                            new SegmentRow(4, "rare browsers", 100, 0.25, -3, List.of())),
                    List.of(change(Cause.BEHAVIOUR, "rare browsers", "big spenders")),
                    DefaultFeatures.shop());
    private static final ViewState EARLY =
            new ViewState(
                    Duration.ofSeconds(3),
                    null,
                    10,
                    0,
                    new Refusals(0, 0, 0, 0),
                    0,
                    0,
                    false,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    DefaultFeatures.shop());

    @Test
    void frame_state_showsFiguresSegmentsAndChanges() {
        assertThat(TerminalView.frame(STATE, 120, 40))
                .containsExactly(
                        "  01:15  12,345 events, 678/s  (1 duplicates, 2 late, 3 invalid, 4 over quota)",
                        "  400 users in segments  model 7 (warming)  event time 2024-05-01 12:00",
                        "  model 6: segment 2 (regulars) died; segment 4 (x) was born",
                        "  replay  [############............] 50.0 %",
                        "",
                        "    id  segment                                         users    share   trend",
                        "     1  big spenders                                      300   75.0 %     +12"
                                + "  ##################",
                        "        spends much, 900 in 90 days; silent for 2 days",
                        "     4  rare browsers                                     100   25.0 %      -3"
                                + "  ######",
                        "",
                        "  Last changes",
                        "    2024-05-01 12:00  ann: rare browsers -> big spenders",
                        "                      the user changed");
    }

    @Test
    void frame_narrowTerminal_leavesOutWholeClauses() {
        assertThat(TerminalView.frame(STATE, 50, 40))
                .contains(
                        "        spends much, 900 in 90 days",
                        "  model 6: segment 2 (regulars) died");
    }

    @Test
    void frame_lowTerminal_leavesOutTheWordsForTheChanges() {
        List<String> frame = TerminalView.frame(STATE, 120, 14);

        assertThat(frame).noneMatch(line -> line.contains("spends much"));
        assertThat(frame).anyMatch(line -> line.contains("ann:"));
    }

    @Test
    void frame_smallTerminal_fitsIntoIt() {
        List<String> frame = TerminalView.frame(STATE, 40, 6);

        assertThat(frame).hasSize(6).allMatch(line -> line.length() <= 40);
        assertThat(frame.get(0)).endsWith("...");
    }

    @Test
    void frame_beforeTheFirstModel_saysWhatIsAwaited() {
        List<String> frame = TerminalView.frame(EARLY, 120, 40);

        assertThat(frame).anyMatch(line -> line.contains("No segments yet"));
        assertThat(frame).anyMatch(line -> line.contains("no model yet"));
        assertThat(frame)
                .noneMatch(line -> line.contains("replay") || line.contains("event time "));
    }

    @Test
    void line_state_holdsEverythingInOneLine() {
        assertThat(TerminalView.line(STATE))
                .isEqualTo(
                        "[  75 s] 50.0 % 12,345 events (678/s) | 400 users | model 7 (warming)"
                                + " | #1 big spenders 300 (75.0 %, +12);"
                                + " #4 rare browsers 100 (25.0 %, -3)");
        assertThat(TerminalView.line(EARLY))
                .isEqualTo("[   3 s] 10 events (0/s) | 0 users | no model yet | no segments yet");
    }

    @Test
    void progressBar_outOfRange_staysABar() {
        assertThat(TerminalView.progressBar(0)).isEqualTo("[........................] 0.0 %");
        assertThat(TerminalView.progressBar(1.2)).isEqualTo("[########################] 100.0 %");
    }
}
