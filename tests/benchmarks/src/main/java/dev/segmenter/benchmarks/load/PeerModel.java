// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The model that the peers are given, as they train none: k centroids of d coordinates, all of sigma 1. */
public record PeerModel(List<double[]> rows) {
    /** Its name in a variant's folder: a line for each centroid, coordinates divided by commas. */
    public static final String FILE = "model.csv";

    /** Spread over what log1p of the features reaches. */
    static PeerModel random(int k, int d, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> rows = new ArrayList<>();
        for (int j = 0; j < k; j++) {
            rows.add(random.doubles(d, 0, 4).toArray());
        }
        return new PeerModel(rows);
    }

    /** What was written. */
    public static PeerModel read(Path file) throws IOException {
        return new PeerModel(
                Files.readAllLines(file).stream()
                        .map(
                                line ->
                                        Arrays.stream(line.split(",", -1))
                                                .mapToDouble(Double::parseDouble)
                                                .toArray())
                        .toList());
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                rows.stream()
                        .map(
                                row ->
                                        Arrays.stream(row)
                                                .mapToObj(Double::toString)
                                                .collect(Collectors.joining(",")))
                        .toList());
    }

    /** All coordinates in one array (k times d), as it is broadcast. */
    public double[] flat() {
        return rows.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** Position of the centroid, in a flat model, that is nearest to a vector; of equals the first. */
    public static int nearest(double[] vector, double[] flat) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j * vector.length < flat.length; j++) {
            double distance = 0;
            for (int i = 0; i < vector.length; i++) {
                double difference = vector[i] - flat[j * vector.length + i];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }
}
