// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.benchmarks.quality.FinalState;
import dev.segmenter.benchmarks.quality.IgnoredDecisions;
import dev.segmenter.benchmarks.quality.InMemorySegmenter;
import dev.segmenter.benchmarks.quality.Population;
import java.io.IOException;

/** The vectors that the live users of a log have at its end, in sigmas: a real set without a truth. */
final class FinalVectors {
    private FinalVectors() {}

    /** Of a population; the sigmas are those of the segmenter's last model. */
    static PointSet of(Population population) throws IOException {
        InMemorySegmenter segmenter =
                new InMemorySegmenter(population.config(1), new IgnoredDecisions());
        population.replay(1, segmenter::process);
        FinalState end = segmenter.finish();
        return PointSet.of(
                population.name() + "-vectors",
                population.config(1).trainer().k(),
                end.model().dimension(),
                end.points(),
                null);
    }
}
