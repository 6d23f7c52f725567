// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Feature sets and users' events that the benchmarks share; seeded. */
final class Shop {
    static final String USER = "user-0004711";
    static final long DAY = Duration.ofDays(1).toMillis();

    /** A midnight, so that histories of whole days fill whole panes. */
    static final long START = 19_700 * DAY;

    private static final int ITEMS = 200;

    private Shop() {}

    /** The shop's defaults (n = 14, d = 8), or the same and eight clustered features more (n = 22, d = 16). */
    static FeatureSet features(String name) {
        FeatureSet shop = DefaultFeatures.shop();
        if (name.equals("shop")) {
            return shop;
        }
        List<FeatureSpec> features = new ArrayList<>(shop.features());
        for (int days : new int[] {7, 14, 60, 90}) {
            features.add(counted("views_wide_" + days + "d", "view", days));
            features.add(counted("carts_wide_" + days + "d", "cart", days));
        }
        return FeatureSet.of(features);
    }

    /** So many clustered features without a transform. */
    static FeatureSet plain(int dimension) {
        List<FeatureSpec> features = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            features.add(counted("plain_" + i, "view", 1 + i, Transform.NONE));
        }
        return FeatureSet.of(features);
    }

    private static FeatureSpec counted(String name, String type, int days) {
        return counted(name, type, days, Transform.LOG1P);
    }

    private static FeatureSpec counted(String name, String type, int days, Transform transform) {
        return new FeatureSpec(
                name,
                FeatureKind.COUNT,
                Set.of(type),
                (EventField) null,
                Duration.ofDays(days),
                null,
                null,
                transform,
                true,
                null,
                null);
    }

    /** Events of one user at a steady pace, in order: eight in ten are views, one in twenty a purchase. */
    static ClickEvent[] events(FeatureSet features, long from, long gap, int count, long seed) {
        Random random = new Random(seed);
        ClickEvent[] events = new ClickEvent[count];
        for (int i = 0; i < count; i++) {
            int draw = random.nextInt(20);
            String type = draw < 16 ? "view" : draw < 19 ? "cart" : "purchase";
            events[i] =
                    new ClickEvent(
                            USER,
                            false,
                            from + i * gap,
                            random.nextLong(),
                            from + i * gap,
                            features.typeIndex(type),
                            Hashes.toInt(Hashes.of(random.nextInt(ITEMS), 1)),
                            Hashes.toInt(Hashes.of(random.nextInt(20), 2)),
                            type.equals("purchase") ? 5 + random.nextInt(10_000) / 100.0 : 0);
        }
        return events;
    }

    /** Values of all features, own units: small counts, some sums and ratios. */
    static double[][] values(FeatureSet features, int rows, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[rows][features.size()];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                FeatureKind kind = features.features().get(i).kind();
                double amount = Math.exp(random.nextGaussian() + 2);
                boolean whole = kind != FeatureKind.SUM && kind != FeatureKind.RATIO;
                row[i] = whole ? Math.floor(amount) : amount;
            }
        }
        return values;
    }
}
