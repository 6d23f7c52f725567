// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown page with parts between {@code <!-- name -->} and {@code <!-- /name -->} that are written by a program. */
public final class MarkedSections {
    private final Path page;

    /** Of a page that has the markers already. */
    public MarkedSections(Path page) {
        this.page = page;
    }

    /** Replaces what is between the markers of a name; refuses a page without them. */
    public void replace(String name, String text) throws IOException {
        String begin = "<!-- " + name + " -->\n";
        String end = "\n<!-- /" + name + " -->";
        String all = Files.readString(page);
        int from = all.indexOf(begin);
        int to = all.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException(
                    page + " lacks the markers of '" + name + "'; add" + begin + end);
        }
        Files.writeString(page, all.substring(0, from + begin.length()) + text + all.substring(to));
    }
}
