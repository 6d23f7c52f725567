// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Whether personas differ in a shop's default features, judged by an independent batch k-means. */
class PersonaRecoveryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int DAYS = 150;
    private static final int RESTARTS = 10;

    @Test
    void batchKMeans_onTheDefaultFeatures_findsThePersonas() {
        EventGenerator generator = new EventGenerator(GeneratorOptions.clean(1_200, 42, START));
        Instant end = START.plus(Duration.ofDays(DAYS));
        Map<String, Features> features = new HashMap<>();
        for (SyntheticRecord record : generator.nextUntil(end)) {
            Event event = record.input().event();
            features.computeIfAbsent(event.getUserId(), id -> new Features()).add(event, end);
        }
        List<Point> points = new ArrayList<>();
        features.forEach(
                (user, f) -> {
                    if (f.live()) {
                        points.add(new Point(generator.personaOf(user), f.vector()));
                    }
                });
        standardise(points);

        double index = adjustedRandIndex(cluster(points));

        assertThat(points).hasSizeGreaterThan(1_000);
        assertThat(index).as("adjusted Rand index (0 by chance, 1 perfect)").isGreaterThan(0.6);
    }

    private static List<CentroidCluster<Point>> cluster(List<Point> points) {
        KMeansPlusPlusClusterer<Point> once =
                new KMeansPlusPlusClusterer<>(
                        Persona.values().length, 200, new EuclideanDistance(), new Well19937c(5));
        return new MultiKMeansPlusPlusClusterer<>(once, RESTARTS).cluster(points);
    }

    private static void standardise(List<Point> points) {
        for (int i = 0; i < points.get(0).vector.length; i++) {
            double sum = 0;
            double squares = 0;
            for (Point point : points) {
                sum += point.vector[i];
                squares += point.vector[i] * point.vector[i];
            }
            double mean = sum / points.size();
            double sigma = Math.sqrt(squares / points.size() - mean * mean);
            for (Point point : points) {
                point.vector[i] = (point.vector[i] - mean) / sigma;
            }
        }
    }

    /** Hubert and Arabie, 1985. */
    private static double adjustedRandIndex(List<CentroidCluster<Point>> clusters) {
        double pairsInBoth = 0;
        double pairsInClusters = 0;
        Map<Persona, Integer> personas = new HashMap<>();
        int all = 0;
        for (CentroidCluster<Point> cluster : clusters) {
            Map<Persona, Integer> inside = new HashMap<>();
            cluster.getPoints().forEach(p -> inside.merge(p.persona, 1, Integer::sum));
            inside.forEach((persona, n) -> personas.merge(persona, n, Integer::sum));
            pairsInBoth += inside.values().stream().mapToDouble(PersonaRecoveryTest::pairs).sum();
            pairsInClusters += pairs(cluster.getPoints().size());
            all += cluster.getPoints().size();
        }
        double pairsInPersonas =
                personas.values().stream().mapToDouble(PersonaRecoveryTest::pairs).sum();
        double expected = pairsInClusters * pairsInPersonas / pairs(all);
        return (pairsInBoth - expected) / ((pairsInClusters + pairsInPersonas) / 2 - expected);
    }

    private static double pairs(int n) {
        return n * (n - 1.0) / 2;
    }

    private static final class Point implements Clusterable {
        private final Persona persona;
        private final double[] vector;

        Point(Persona persona, double[] vector) {
            this.persona = persona;
            this.vector = vector;
        }

        @Override
        public double[] getPoint() {
            return vector;
        }
    }

    /** A shop's default clustered features by recomputation from the events. */
    private static final class Features {
        private final Set<String> items = new HashSet<>();
        private final Set<String> sessions90 = new HashSet<>();
        private final Set<String> sessions30 = new HashSet<>();
        private double spend;
        private int purchases;
        private int cancels;
        private int views30;
        private int carts30;

        void add(Event event, Instant end) {
            Duration age = Duration.between(event.getEventTime(), end);
            if (age.isNegative() || age.toDays() >= 90) {
                return;
            }
            boolean month = age.toDays() < 30;
            items.add(event.getItemId());
            sessions90.add(event.getSessionId());
            if (month) {
                sessions30.add(event.getSessionId());
            }
            switch (event.getEventType()) {
                case "view" -> views30 += month ? 1 : 0;
                case "cart" -> carts30 += month ? 1 : 0;
                case "cancel" -> cancels++;
                case "purchase" -> {
                    purchases++;
                    spend += event.getPrice();
                }
                default -> {}
            }
        }

        boolean live() {
            return !items.isEmpty();
        }

        double[] vector() {
            return new double[] {
                Math.log1p(items.size()),
                Math.log1p(spend),
                Math.log1p(purchases),
                Math.log1p(sessions90.size()),
                Math.log1p(sessions30.size()),
                Math.log1p(views30),
                Math.log1p(ratio(carts30, views30)),
                Math.log1p(ratio(cancels, purchases))
            };
        }

        private static double ratio(int numerator, int denominator) {
            return denominator == 0 ? 0 : (double) numerator / denominator;
        }
    }
}
