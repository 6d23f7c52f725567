// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;

/**
 * Tells a real cycle from flapping, whatever the guards: the user caused both moves, and each way at
 * least one clustered feature had changed by more than {@value #SIGMAS} sigma since the segment was
 * entered. Noise around a border does less, and so does a model that shifts under a user.
 */
final class Cycles {
    static final double SIGMAS = 1;

    private final FeatureSet features;
    private final ModelTimeline models;

    Cycles(Recording recording) {
        this.features = recording.features();
        this.models = recording.models();
    }

    /** Whether the user really went and came back. */
    boolean isReal(Return cycle) {
        return isReal(cycle.there()) && isReal(cycle.back());
    }

    private boolean isReal(Move move) {
        return move.cause() == Cause.BEHAVIOUR
                && move.change().getContributions().stream()
                        .anyMatch(c -> Math.abs(sigmas(move, c)) > SIGMAS);
    }

    /** Change of a feature since the segment left was entered, in sigmas; 0 if it is inactive. */
    double sigmas(Move move, Contribution c) {
        for (int i = 0; i < features.dimension(); i++) {
            if (features.clusteredFeature(i).name().equals(c.getFeature())) {
                double sigma = models.effectiveAt(move.time()).frame().sigma()[i];
                double before =
                        features.clusteredFeature(i).transform().apply(c.getPreviousValue());
                double now = features.clusteredFeature(i).transform().apply(c.getValue());
                return sigma > 0 ? (now - before) / sigma : 0;
            }
        }
        throw new IllegalArgumentException("no clustered feature '" + c.getFeature() + "'");
    }
}
