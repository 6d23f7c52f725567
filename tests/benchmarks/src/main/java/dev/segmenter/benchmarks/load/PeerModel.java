// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/** The model that all begin with, peers included, which train none: k centroids of d coordinates, sigma 1. */
public record PeerModel(List<double[]> rows) {
    /** Its name in a variant's folder: a line for each centroid, coordinates divided by commas. */
    public static final String FILE = "model.csv";

    private static final int ITERATIONS = 20;

    /** k-means of some of the users' vectors (Apache Commons Math, one start, seeded). */
    static PeerModel of(List<double[]> vectors, int k, long seed) {
        KMeansPlusPlusClusterer<DoublePoint> clusterer =
                new KMeansPlusPlusClusterer<>(
                        k, ITERATIONS, new EuclideanDistance(), new Well19937c(seed));
        List<DoublePoint> points = vectors.stream().map(DoublePoint::new).toList();
        return new PeerModel(
                clusterer.cluster(points).stream()
                        .map(cluster -> cluster.getCenter().getPoint())
                        .toList());
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

    /** Mean of the centroids (d). */
    double[] mean() {
        double[] mean = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
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
