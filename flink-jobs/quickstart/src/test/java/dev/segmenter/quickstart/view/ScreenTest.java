// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import static dev.segmenter.quickstart.Changes.TIME;
import static dev.segmenter.quickstart.Changes.change;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.quickstart.view.ViewState.Refusals;
import dev.segmenter.schemas.Cause;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String ESCAPE = "\u001b";
    private static final ModelDifference DIFFERENCE =
            new ModelDifference(
                    5,
                    6,
                    List.of("segment 2 died", "segment 7 was born"),
                    List.of(7),
                    List.of(2),
                    List.of(),
                    false,
                    0);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void show_noTerminal_printsPlainLinesAndEachChangeOnce() {
        Screen screen = screen(false);
        screen.header(List.of("title"));
        screen.show(state());
        screen.show(state());

        assertThat(text()).doesNotContain(ESCAPE).startsWith("title");
        assertThat(text().split("ann joins buyers", -1)).hasSize(2);
        assertThat(text().lines().filter(l -> l.startsWith("["))).hasSize(2);
        assertThat(text().lines())
                .containsOnlyOnce("         model 6: segment 2 died; segment 7 was born");
    }

    @Test
    void show_terminal_redrawsInPlaceUnderTheHeader() {
        Screen screen = screen(true);
        screen.header(List.of("title"));
        screen.show(state());
        int first = bytes.size();
        screen.show(state());
        String second = text().substring(first);

        assertThat(text()).contains(ESCAPE + "[H" + ESCAPE + "[2J" + "title");
        assertThat(second).startsWith(ESCAPE + "[H" + "title").doesNotContain("[2J");
        assertThat(second.lines().count()).isLessThanOrEqualTo(20);
    }

    @Test
    void progress_noTerminal_printsTheEndOnly() {
        Screen screen = screen(false);
        screen.progress("loading", 0.2);
        screen.progress("loading", 0.9);
        screen.progress("loading", 1);

        assertThat(text().lines()).containsExactly("  loading  [########################] 100.0 %");
    }

    @Test
    void progress_terminal_staysInOneLine() {
        Screen screen = screen(true);
        screen.progress("loading", 0.5);
        screen.progress("loading", 1);
        screen.print(List.of("done"));

        assertThat(text().split("\n", -1)).hasSize(3);
        assertThat(text()).contains("\r  loading").endsWith("done" + System.lineSeparator());
    }

    private Screen screen(boolean terminal) {
        return new Screen(
                new PrintStream(bytes, true, UTF_8),
                new Screen.TerminalSize() {
                    @Override
                    public boolean isTerminal() {
                        return terminal;
                    }

                    @Override
                    public int width() {
                        return 80;
                    }

                    @Override
                    public int height() {
                        return 20;
                    }
                });
    }

    private String text() {
        return bytes.toString(UTF_8);
    }

    private static ViewState state() {
        return new ViewState(
                Duration.ofSeconds(1),
                null,
                1,
                1,
                new Refusals(0, 0, 0, 0),
                1,
                1,
                false,
                DIFFERENCE,
                TIME,
                List.of(new SegmentRow(1, "buyers", 1, 1, 0, List.of())),
                List.of(change(Cause.FIRST, null, "buyers")),
                DefaultFeatures.shop());
    }
}
