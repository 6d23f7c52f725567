// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import java.util.List;

/**
 * Tells a real cycle from flapping, whatever the guards: the user caused both moves, and between
 * entering and leaving each segment its vector went more than {@value #SIGMAS} sigma along the line
 * from the old centroid to the new one. Noise around a border does less, what happens across the line
 * does not count, and a model that shifts under a user moves no vector.
 */
final class Cycles {
    static final double SIGMAS = 1.5;

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
        return move.cause() == Cause.BEHAVIOUR && progress(move) > SIGMAS;
    }

    /** Sigmas along the line from the old centroid to the new one; 0 if either is not alive. */
    double progress(Move move) {
        CentroidModel model = models.effectiveAt(move.time());
        int from = model.slotOf(move.from());
        int to = model.slotOf(move.to());
        List<Contribution> contributions = move.change().getContributions();
        if (from < 0 || to < 0 || contributions.isEmpty()) {
            return 0;
        }
        double[] before = new double[model.dimension()];
        double[] now = new double[model.dimension()];
        for (Contribution c : contributions) {
            int i = indexOf(c.getFeature());
            before[i] = features.clusteredFeature(i).transform().apply(c.getPreviousValue());
            now[i] = features.clusteredFeature(i).transform().apply(c.getValue());
        }
        model.toFrame(before, before);
        model.toFrame(now, now);
        double product = 0;
        double squares = 0;
        for (int i = 0; i < now.length; i++) {
            double line = model.scaledCentroid(to, i) - model.scaledCentroid(from, i);
            product += (now[i] - before[i]) * line;
            squares += line * line;
        }
        return product / Math.sqrt(squares);
    }

    private int indexOf(String name) {
        for (int i = 0; i < features.dimension(); i++) {
            if (features.clusteredFeature(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no clustered feature '" + name + "'");
    }
}
