// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.config;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** Features with a name, and the defaults of the options that suit them (docs/decisions/0011). */
enum FeaturePreset {
    /** Customers who come back over months: the options' own defaults. */
    SHOP(DefaultFeatures.shop(), new Configuration()),

    /** Logs of days. */
    BROWSING(
            DefaultFeatures.browsing(),
            new Configuration()
                    .set(SegmenterOptions.EXIT_AFTER, Duration.ofDays(14))
                    .set(SegmenterOptions.K, 5)
                    .set(SegmenterOptions.VOTE_INTERVAL, Duration.ofHours(1))
                    .set(SegmenterOptions.WARM_UP, Duration.ofDays(2)));

    @SuppressWarnings("ImmutableEnumChecker") // Never changed.
    private final FeatureSet features;

    @SuppressWarnings("ImmutableEnumChecker") // Never changed.
    private final Configuration defaults;

    FeaturePreset(FeatureSet features, Configuration defaults) {
        this.features = features;
        this.defaults = defaults;
    }

    FeatureSet features() {
        return features;
    }

    /** The values where they replace an option's own default. */
    Configuration defaults() {
        return defaults;
    }

    /** As it is written in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FeaturePreset> named(String word) {
        return Arrays.stream(values()).filter(preset -> preset.word().equals(word)).findFirst();
    }
}
