// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The shop's features, of which 8 are clustered, and as many more windows of the same kinds as are asked for. */
public final class LoadFeatures {
    /** The job's configuration in a variant's folder. */
    public static final String YAML = "segmenter.yaml";

    /** The same for the peer that has a class path of its own. */
    static final String LINES = "features.csv";

    private static final List<Integer> OFFERED = List.of(8, 16, 32);

    private LoadFeatures() {}

    static int requireOffered(int clustered) {
        if (!OFFERED.contains(clustered)) {
            throw new IllegalArgumentException("use one of " + OFFERED);
        }
        return clustered;
    }

    /** A set with d clustered features: 8, 16 or 32. */
    public static FeatureSet of(int clustered) {
        List<FeatureSpec> features = new ArrayList<>(DefaultFeatures.shop().features());
        if (clustered >= 16) {
            features.add(count("views_90d", 90, "view"));
            features.add(count("views_7d", 7, "view"));
            features.add(count("purchases_30d", 30, "purchase"));
            features.add(count("purchases_7d", 7, "purchase"));
            features.add(count("carts_90d", 90, "cart"));
            features.add(count("favorites_30d", 30, "favorite"));
            features.add(count("events_30d", 30));
            features.add(spend("spend_30d", 30));
        }
        if (clustered >= 32) {
            for (int days : new int[] {14, 60}) {
                features.add(count("views_" + days + "d", days, "view"));
                features.add(count("purchases_" + days + "d", days, "purchase"));
                features.add(count("carts_" + days + "d", days, "cart"));
                features.add(count("favorites_" + days + "d", days, "favorite"));
                features.add(count("cancels_" + days + "d", days, "cancel"));
                features.add(count("events_" + days + "d", days));
                features.add(spend("spend_" + days + "d", days));
                features.add(windowed("sessions_" + days + "d", FeatureKind.SESSIONS, null, days));
            }
        }
        return FeatureSet.of(features);
    }

    /** The same as a list of the job's configuration, YAML. */
    static String yaml(FeatureSet set) {
        StringBuilder yaml = new StringBuilder("features:\n");
        for (FeatureSpec spec : set.features()) {
            yaml.append("  - name: ").append(spec.name()).append('\n');
            line(yaml, "kind", spec.kind());
            line(yaml, "of", spec.field());
            line(yaml, "window", spec.window() == null ? null : spec.window().toHours() + "h");
            line(yaml, "numerator", spec.numerator());
            line(yaml, "denominator", spec.denominator());
            line(yaml, "cluster", spec.clustered());
            if (!spec.types().isEmpty()) {
                line(yaml, "types", "[" + String.join(", ", spec.types()) + "]");
            }
        }
        return yaml.toString();
    }

    /** name,kind,field,types (by spaces),hours,numerator,denominator,clustered; blank for none. */
    static List<String> lines(FeatureSet set) {
        return set.features().stream().map(LoadFeatures::line).toList();
    }

    private static String line(FeatureSpec spec) {
        return String.join(
                ",",
                spec.name(),
                spec.kind().name(),
                spec.field() == null ? "" : spec.field().name(),
                String.join(" ", spec.types()),
                spec.window() == null ? "" : Long.toString(spec.window().toHours()),
                spec.numerator() == null ? "" : spec.numerator(),
                spec.denominator() == null ? "" : spec.denominator(),
                Boolean.toString(spec.clustered()));
    }

    private static void line(StringBuilder yaml, String key, Object value) {
        if (value != null) {
            yaml.append("    ").append(key).append(": ").append(value).append('\n');
        }
    }

    private static FeatureSpec count(String name, int days, String... types) {
        return windowed(name, FeatureKind.COUNT, null, days, types);
    }

    private static FeatureSpec spend(String name, int days) {
        return windowed(name, FeatureKind.SUM, EventField.PRICE, days, "purchase");
    }

    private static FeatureSpec windowed(
            String name, FeatureKind kind, EventField field, int days, String... types) {
        return new FeatureSpec(
                name,
                kind,
                Set.of(types),
                field,
                Duration.ofDays(days),
                null,
                null,
                Transform.LOG1P,
                true,
                null,
                null);
    }
}
