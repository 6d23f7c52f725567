// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.job.calibrate.CalibrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report of a calibration as one HTML file that opens anywhere; it holds what calibration.json holds. */
public final class CalibrationPage {
    private static final List<String> SCRIPTS =
            List.of(
                    "base.js",
                    "charts.js",
                    "map.js",
                    "theme.js",
                    "calibration.js",
                    "clusterings.js");

    private CalibrationPage() {}

    /** Writes the figures to a file; equal figures give an equal page. */
    public static void write(CalibrationFile figures, Path file) throws IOException {
        Files.writeString(file, HtmlPage.render("calibration.html", SCRIPTS, figures.toJson()));
    }
}
