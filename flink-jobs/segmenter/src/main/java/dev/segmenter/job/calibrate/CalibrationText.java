// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.job.calibrate.CalibrationFile.Segment;
import dev.segmenter.job.calibrate.CalibrationFile.Users;
import dev.segmenter.model.calibrate.KFigures;
import dev.segmenter.model.calibrate.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A calibration as lines for people. */
public final class CalibrationText {
    private CalibrationText() {}

    public static List<String> of(CalibrationFile file) {
        List<String> lines = new ArrayList<>();
        Users users = file.users();
        lines.add("");
        lines.add("Calibration");
        lines.add(
                format(
                        "  %,d events of %,d users; %,d live at %s, figures on %,d of them%s",
                        users.events(),
                        users.seen(),
                        users.live(),
                        file.time(),
                        users.sampled(),
                        leftOut(users)));
        lines.add("");
        lines.add("    K     inertia  silhouette  without groups  Davies-Bouldin  stability");
        file.byK().forEach(figures -> lines.add(row(figures, file)));
        lines.add("");
        recommendation(file.recommendation(), lines);
        lines.add("");
        lines.add(
                format(
                        "  Model with K = %d, version %d of '%s'%s:",
                        file.k(),
                        file.modelVersion(),
                        file.modelName(),
                        file.published() ? ", published" : ""));
        file.segments().forEach(segment -> lines.add(row(segment)));
        return lines;
    }

    private static String leftOut(Users users) {
        return users.leftOut() == 0
                ? ""
                : format(" (%,d without a direction left out)", users.leftOut());
    }

    private static void recommendation(Recommendation recommendation, List<String> lines) {
        lines.add("  " + recommendation.sentence());
        recommendation.evidence().forEach(words -> lines.add("    + " + words));
        recommendation.contradictions().forEach(words -> lines.add("    - " + words));
    }

    private static String row(KFigures figures, CalibrationFile file) {
        return format(
                "  %3d  %,10.1f  %10.3f  %14.3f  %14.3f  %9.3f%s",
                figures.k(),
                figures.sse(),
                figures.silhouette(),
                figures.referenceSilhouette(),
                figures.daviesBouldin(),
                figures.stability(),
                figures.k() == file.recommendation().k() ? "  <" : "");
    }

    private static String row(Segment segment) {
        return format("  %4d  %6.1f %%  %s", segment.id(), 100 * segment.share(), segment.label());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
