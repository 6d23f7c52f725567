// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.view;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** The terminal of this process, if its output goes to one. */
public final class SystemTerminal implements Screen.TerminalSize, AutoCloseable {
    private static final int USUAL_WIDTH = 120;
    private static final int USUAL_HEIGHT = 40;

    private final Terminal terminal;

    private SystemTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    public static SystemTerminal open() throws IOException {
        return new SystemTerminal(TerminalBuilder.builder().system(true).dumb(true).build());
    }

    /** Runs the action instead of ending the process when Ctrl-C or a termination arrives. */
    public static void onStop(Runnable action) {
        Signals.register("INT", action);
        Signals.register("TERM", action);
    }

    @Override
    public boolean isTerminal() {
        return !Terminal.TYPE_DUMB.equals(terminal.getType())
                && !Terminal.TYPE_DUMB_COLOR.equals(terminal.getType());
    }

    @Override
    public int width() {
        int columns = terminal.getWidth();
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    @Override
    public int height() {
        int rows = terminal.getHeight();
        return rows > 0 ? rows : USUAL_HEIGHT;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
