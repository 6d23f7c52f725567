// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lines of a CSV file, joined where a quoted field spans several. A quote that never closes spoils its own
 * line only: the lines read in search of its end are given back.
 */
final class LogicalLines {
    private static final int MOST_LINES_OF_A_RECORD = 100;

    private final BufferedReader reader;
    private final Deque<String> givenBack = new ArrayDeque<>();

    LogicalLines(BufferedReader reader) {
        this.reader = reader;
    }

    /** The next record's text, null at the end. */
    String next() throws IOException {
        String first = readLine();
        if (first == null || !opensQuote(first, false)) {
            return first;
        }
        StringBuilder joined = new StringBuilder(first);
        List<String> more = new ArrayList<>();
        boolean open = true;
        while (open && more.size() < MOST_LINES_OF_A_RECORD) {
            String line = readLine();
            if (line == null) {
                break;
            }
            more.add(line);
            joined.append('\n').append(line);
            open = opensQuote(line, true);
        }
        if (!open) {
            return joined.toString();
        }
        for (int i = more.size() - 1; i >= 0; i--) {
            givenBack.addFirst(more.get(i));
        }
        return first;
    }

    private String readLine() throws IOException {
        return givenBack.isEmpty() ? reader.readLine() : givenBack.removeFirst();
    }

    /** Whether a quoted field is open at the line's end; a quote counts at a field's start only. */
    private static boolean opensQuote(String line, boolean openBefore) {
        boolean open = openBefore;
        boolean fieldStart = true;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && (open || fieldStart)) {
                open = !open;
                // After a closing quote a second one means a quote inside the field.
                fieldStart = !open;
            } else {
                fieldStart = c == ',' && !open;
            }
        }
        return open;
    }
}
