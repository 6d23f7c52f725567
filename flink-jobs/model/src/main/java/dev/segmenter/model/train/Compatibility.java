// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;

/** Refuses models and states that do not belong to the configuration. */
final class Compatibility {
    private Compatibility() {}

    /** Refuses a snapshot of another model name, measure or feature set. */
    static void require(CentroidSnapshot initial, FeatureSet features, TrainerOptions options) {
        requireSame("model.name", options.modelName(), initial.getModelName());
        requireSame("model.measure", options.measure(), initial.getMeasure());
        if (initial.getFingerprint() != features.fingerprint()) {
            throw new IllegalArgumentException(
                    "features: the initial snapshot was trained on "
                            + initial.getFeatureNames()
                            + " (fingerprint "
                            + initial.getFingerprint()
                            + "), the configuration declares other features or definitions"
                            + " (fingerprint "
                            + features.fingerprint()
                            + "); use the same features, or start without an initial model");
        }
    }

    /** Refuses a configured value that differs from what was found. */
    static void requireSame(String key, String configured, String found) {
        if (!configured.equals(found)) {
            throw new IllegalArgumentException(
                    key
                            + ": '"
                            + configured
                            + "' does not fit a model of '"
                            + found
                            + "'; use '"
                            + found
                            + "', or start without that model");
        }
    }
}
