// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report of a run as one HTML file that opens anywhere. */
public final class ReportPage {
    private static final List<String> SCRIPTS =
            List.of(
                    "base.js",
                    "charts.js",
                    "segments.js",
                    "sizes.js",
                    "flows.js",
                    "map.js",
                    "history.js",
                    "changes.js",
                    "theme.js",
                    "page.js");

    private static final JsonMapper JSON =
            JsonMapper.builder().serializationInclusion(JsonInclude.Include.NON_NULL).build();

    private ReportPage() {}

    /** Writes what was collected to a file. */
    public static void write(ReportCollector collected, Path file) throws IOException {
        Files.writeString(file, render(collected.data()));
    }

    /** The page; equal data give an equal page. */
    static String render(ReportData data) throws IOException {
        return HtmlPage.render("page.html", SCRIPTS, JSON.writeValueAsString(data));
    }

    /** The data as the page holds them. */
    static String embedded(ReportData data) throws JsonProcessingException {
        return HtmlPage.embedded(JSON.writeValueAsString(data));
    }
}
