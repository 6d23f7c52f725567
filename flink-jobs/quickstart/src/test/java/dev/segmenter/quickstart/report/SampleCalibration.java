// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.job.calibrate.CalibrationFile;
import dev.segmenter.job.calibrate.CalibrationFile.Axis;
import dev.segmenter.job.calibrate.CalibrationFile.Feature;
import dev.segmenter.job.calibrate.CalibrationFile.Loading;
import dev.segmenter.job.calibrate.CalibrationFile.Point;
import dev.segmenter.job.calibrate.CalibrationFile.Segment;
import dev.segmenter.model.calibrate.Calibration;
import dev.segmenter.model.calibrate.CalibrationOptions;
import dev.segmenter.model.calibrate.Calibrator;
import dev.segmenter.model.calibrate.Points;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Figures of a small calibration, with a name that would do harm if it ran. */
final class SampleCalibration {
    static final String EVIL_INPUT = "</script><script>window.hacked=1</script>.csv";

    private static final int USERS = 300;
    private static final int K = 3;

    private SampleCalibration() {}

    static CalibrationFile file() {
        Points points = points();
        CalibrationOptions options =
                new CalibrationOptions(
                        2, 6, 1_000, 3, 3, 40, OptionalInt.empty(), OptionalInt.of(K), 7);
        Calibration found = new Calibrator(points, false, options).run();
        return new CalibrationFile(
                EVIL_INPUT,
                "2024-03-31T12:00:00Z",
                "2024-01-01T00:00:00Z",
                new CalibrationFile.Users(10_000, 400, USERS, 0, USERS, 0),
                List.of(
                        new Feature("x", "different <b>items</b>", 1, 0.5),
                        new Feature("y", "spend in 90 days", 2, 0)),
                "euclidean",
                7,
                "default",
                1,
                "0123456789abcdef0123456789abcdef",
                false,
                found.k(),
                found.recommendation(),
                found.byK(),
                found.elbowK(),
                found.daviesBouldinK(),
                found.tree(),
                found.density(),
                IntStream.range(0, K)
                        .mapToObj(
                                j ->
                                        new Segment(
                                                j + 11,
                                                j,
                                                "label " + j,
                                                100,
                                                1.0 / 3,
                                                "buys often"))
                        .toList(),
                List.of(axis(0.7), axis(0.3)),
                IntStream.range(0, USERS)
                        .mapToObj(
                                i ->
                                        new Point(
                                                points.rows()[2 * i],
                                                points.rows()[2 * i + 1],
                                                found.labels()[i],
                                                found.densityLabels()[i]))
                        .toList());
    }

    private static Axis axis(double share) {
        return new Axis(
                share,
                List.of(
                        new Loading("x", "different items", 0.9),
                        new Loading("y", "spend in 90 days", -0.4)));
    }

    private static Points points() {
        Random random = new Random(3);
        double[] rows = new double[2 * USERS];
        for (int i = 0; i < USERS; i++) {
            rows[2 * i] = 8 * (i % K) + random.nextGaussian();
            rows[2 * i + 1] = 6 * (i % 2) + random.nextGaussian();
        }
        return new Points(rows, 2);
    }
}
