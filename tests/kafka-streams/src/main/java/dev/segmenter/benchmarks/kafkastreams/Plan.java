// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is computed: features, and the centroids that their vectors are held against.
 *
 * @param centroids of d coordinates, log1p of the clustered features
 */
record Plan(List<Feature> features, List<double[]> centroids) {

    enum Kind {
        COUNT,
        SUM,
        DISTINCT,
        RECENCY,
        SESSIONS,
        RATIO
    }

    /**
     * A feature.
     *
     * @param types bits of the positions of the event types that count (UserPanes.TYPES), all for all
     * @param hours of its window, 0 for none
     * @param numerator position of another feature, -1 for none
     */
    record Feature(
            String name,
            Kind kind,
            int types,
            int hours,
            int numerator,
            int denominator,
            boolean clustered) {

        /** Windows of up to a day slide by hours, longer ones by days. */
        boolean isHourly() {
            return hours <= 24;
        }
    }

    /** Reads features.csv and model.csv of a folder. */
    static Plan read(Path folder) throws IOException {
        List<double[]> centroids = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("model.csv"))) {
            centroids.add(
                    Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
        }
        return new Plan(parse(Files.readAllLines(folder.resolve("features.csv"))), centroids);
    }

    /** Lines of name,kind,field,types (by spaces),hours,numerator,denominator,clustered. */
    static List<Feature> parse(List<String> lines) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        lines.forEach(line -> positions.put(line.split(",", -1)[0], positions.size()));
        return lines.stream().map(line -> feature(line.split(",", -1), positions)).toList();
    }

    private static Feature feature(String[] cells, Map<String, Integer> positions) {
        return new Feature(
                cells[0],
                Kind.valueOf(cells[1]),
                typesOf(cells[3]),
                cells[4].isEmpty() ? 0 : Integer.parseInt(cells[4]),
                positions.getOrDefault(cells[5], -1),
                positions.getOrDefault(cells[6], -1),
                Boolean.parseBoolean(cells[7]));
    }

    private static int typesOf(String words) {
        if (words.isEmpty()) {
            return -1;
        }
        int bits = 0;
        for (String type : words.split(" ", -1)) {
            bits |= 1 << UserPanes.TYPES.indexOf(type);
        }
        return bits;
    }

    /** Position of the centroid nearest to these values (n, own units); of equals the first. */
    int nearest(double[] values) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < centroids.size(); j++) {
            double distance = distanceSquared(values, centroids.get(j));
            if (distance < least) {
                least = distance;
                nearest = j;
            }
        }
        return nearest;
    }

    private double distanceSquared(double[] values, double[] centroid) {
        double sum = 0;
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            if (features.get(i).clustered()) {
                double difference = Math.log1p(values[i]) - centroid[at++];
                sum += difference * difference;
            }
        }
        return sum;
    }
}
