// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import java.time.Duration;
import java.util.Set;

/** Declarations in a line. Without words of their own, untransformed and clustered unless told otherwise. */
final class Specs {
    private Specs() {}

    static FeatureSpec count(String name, int days, String... types) {
        return spec(name, FeatureKind.COUNT, null, days, types);
    }

    static FeatureSpec sum(String name, int days, String... types) {
        return spec(name, FeatureKind.SUM, EventField.PRICE, days, types);
    }

    static FeatureSpec distinct(String name, EventField field, int days, String... types) {
        return spec(name, FeatureKind.DISTINCT, field, days, types);
    }

    static FeatureSpec sessions(String name, int days) {
        return spec(name, FeatureKind.SESSIONS, null, days);
    }

    static FeatureSpec recency(String name, String... types) {
        return new FeatureSpec(
                name,
                FeatureKind.RECENCY,
                Set.of(types),
                null,
                null,
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }

    static FeatureSpec ratio(String name, String numerator, String denominator) {
        return new FeatureSpec(
                name,
                FeatureKind.RATIO,
                Set.of(),
                null,
                null,
                numerator,
                denominator,
                Transform.NONE,
                true,
                null,
                null);
    }

    static FeatureSpec reported(FeatureSpec feature) {
        return with(feature, false, feature.high(), feature.low());
    }

    static FeatureSpec worded(FeatureSpec feature, String high, String low) {
        return with(feature, feature.clustered(), high, low);
    }

    private static FeatureSpec with(FeatureSpec f, boolean clustered, String high, String low) {
        return new FeatureSpec(
                f.name(),
                f.kind(),
                f.types(),
                f.field(),
                f.window(),
                f.numerator(),
                f.denominator(),
                f.transform(),
                clustered,
                high,
                low);
    }

    private static FeatureSpec spec(
            String name, FeatureKind kind, EventField field, int days, String... types) {
        return new FeatureSpec(
                name,
                kind,
                Set.of(types),
                field,
                Duration.ofDays(days),
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }
}
