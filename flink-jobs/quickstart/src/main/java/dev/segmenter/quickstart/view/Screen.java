// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.schemas.SegmentChange;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows the state: redrawn in place on a terminal, as plain lines elsewhere. */
public final class Screen {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration NEXT_LINE = Duration.ofSeconds(5);
    private static final int CHANGES_PER_LINE = 3;
    private static final int LOG_WIDTH = 400;
    private static final String INDENT = "         ";

    private final PrintStream out;
    private final TerminalSize terminal;
    private List<String> header = List.of();
    private boolean clear;
    private boolean barOpen;
    private SegmentChange lastShown;
    private long versionShown;

    public Screen(PrintStream out, TerminalSize terminal) {
        this.out = out;
        this.terminal = terminal;
        this.clear = terminal.isTerminal();
    }

    /** How often it likes to be shown a new state. */
    public Duration interval() {
        return terminal.isTerminal() ? REDRAW : NEXT_LINE;
    }

    /** Prints lines; the header stays above each frame. */
    public void header(List<String> lines) {
        header = List.copyOf(lines);
        print(lines);
    }

    /** Prints lines once. */
    public void print(List<String> lines) {
        endBar();
        lines.forEach(out::println);
        out.flush();
    }

    /** A progress bar in one place, or every tenth of it as a line. */
    public void progress(String title, double share) {
        String bar = "  " + title + "  " + TerminalView.progressBar(share);
        if (terminal.isTerminal()) {
            barOpen = true;
            out.print("\r" + bar + CLEAR_LINE);
        } else if (share >= 1) {
            out.println(bar);
        }
        out.flush();
    }

    public void show(ViewState state) {
        if (terminal.isTerminal()) {
            // One line stays free for the cursor, else the terminal would scroll.
            int height = terminal.height() - header.size() - 1;
            redraw(TerminalView.frame(state, terminal.width(), Math.max(1, height)));
        } else {
            out.println(TerminalView.line(state));
            newDifference(state)
                    .ifPresent(
                            difference ->
                                    out.println(
                                            INDENT
                                                    + TerminalView.difference(
                                                            difference, LOG_WIDTH)));
            newChanges(state)
                    .forEach(
                            change ->
                                    out.println(
                                            INDENT
                                                    + TerminalView.change(
                                                            change, state.features())));
        }
        out.flush();
    }

    private Optional<ModelDifference> newDifference(ViewState state) {
        ModelDifference difference = state.lastDifference();
        if (difference == null || difference.toVersion() <= versionShown) {
            return Optional.empty();
        }
        versionShown = difference.toVersion();
        return Optional.of(difference);
    }

    private void redraw(List<String> frame) {
        StringBuilder text = new StringBuilder(clear ? CLEAR : HOME);
        clear = false;
        barOpen = false;
        header.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        frame.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        out.print(text.append(CLEAR_BELOW));
    }

    private List<SegmentChange> newChanges(ViewState state) {
        List<SegmentChange> changes = state.changes();
        int known = lastShown == null ? -1 : changes.indexOf(lastShown);
        int fresh = known < 0 ? changes.size() : known;
        if (!changes.isEmpty()) {
            lastShown = changes.get(0);
        }
        return changes.subList(0, Math.min(fresh, CHANGES_PER_LINE));
    }

    private void endBar() {
        if (barOpen) {
            barOpen = false;
            out.println();
        }
    }

    /** What the screen needs to know of a terminal. */
    public interface TerminalSize {
        boolean isTerminal();

        /** Columns, now. */
        int width();

        /** Rows, now. */
        int height();
    }
}
