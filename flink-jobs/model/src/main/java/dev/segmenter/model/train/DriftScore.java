// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/** How far the last batch's inertia lies from its own decayed mean, in its own decayed deviations. */
final class DriftScore {
    /** Batches that make a history. */
    static final int LEAST_HISTORY = 10;

    private PopulationMoments history = new PopulationMoments(1);
    private int observed;
    private double score = Double.NaN;

    /** Scores a batch's inertia per vote against the batches before it, then remembers it. */
    void observe(double inertia, double decay) {
        if (observed >= LEAST_HISTORY) {
            double deviation = Math.sqrt(history.variance(0));
            score = deviation > 0 ? (inertia - history.mean(0)) / deviation : 0;
        }
        history.add(new double[] {inertia});
        history.fold(decay);
        observed++;
    }

    /** Starts a new history: inertia under another frame is another quantity. */
    void reset() {
        history = new PopulationMoments(1);
        observed = 0;
        score = Double.NaN;
    }

    /** Empty until there is a history. */
    OptionalDouble score() {
        return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
    }

    void write(DataOutput out) throws IOException {
        history.write(out);
        out.writeInt(observed);
        out.writeDouble(score);
    }

    static DriftScore read(DataInput in) throws IOException {
        DriftScore drift = new DriftScore();
        drift.history = PopulationMoments.read(in);
        drift.observed = in.readInt();
        drift.score = in.readDouble();
        return drift;
    }
}
