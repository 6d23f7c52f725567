// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A published labelled set (see MANIFEST.md beside the files): a header, then d numbers and the class
 * a line.
 *
 * @param zScored whether each feature is brought to mean 0 and deviation 1 first
 * @param manifestSse sum of squares that the manifest gives for Lloyd started at the class means, in
 *     those units
 */
record BenchmarkSet(String name, int k, boolean zScored, double manifestSse) {
    static final List<BenchmarkSet> ALL =
            List.of(
                    new BenchmarkSet("s1", 15, false, 8.91765e12),
                    new BenchmarkSet("s3", 15, false, 1.68896e13),
                    new BenchmarkSet("unbalance", 8, false, 2.14492e11),
                    new BenchmarkSet("statlog", 7, true, 14114.9),
                    new BenchmarkSet("birch1", 100, false, 9.27729e13));

    /** Path in the data folder. */
    String file() {
        return "bench/" + name + ".csv.gz";
    }

    /** Reads the points in the order of the file. */
    PointSet read(Path file) throws IOException {
        double[][] rows = numbers(file);
        int d = rows[0].length - 1;
        double[] points = new double[rows.length * d];
        int[] truth = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, points, i * d, d);
            truth[i] = (int) rows[i][d];
        }
        if (zScored) {
            standardise(points, d);
        }
        return PointSet.of(name, k, d, points, truth);
    }

    private static double[][] numbers(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(c -> Arrays.stream(c).mapToDouble(Double::parseDouble).toArray())
                    .toArray(double[][]::new);
        }
    }

    /** Z-scores by the population's deviation, in place; a constant feature becomes 0. */
    static void standardise(double[] points, int d) {
        int n = points.length / d;
        for (int f = 0; f < d; f++) {
            double mean = 0;
            for (int i = f; i < points.length; i += d) {
                mean += points[i] / n;
            }
            double variance = 0;
            for (int i = f; i < points.length; i += d) {
                variance += (points[i] - mean) * (points[i] - mean) / n;
            }
            for (int i = f; i < points.length; i += d) {
                points[i] = variance > 0 ? (points[i] - mean) / Math.sqrt(variance) : 0;
            }
        }
    }
}
