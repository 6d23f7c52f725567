// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segmenter.benchmarks.quality.Score.Method;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemorySegmenterTest {
    private static final Population PERSONAS =
            new SyntheticPopulation("personas", 400, Duration.ofDays(100));

    @Test
    void segmenter_onSyntheticUsers_findsThePersonasFarAboveChance() throws Exception {
        TrialResult result = Trial.run(PERSONAS, 1);

        assertThat(result.users()).isGreaterThan(350);
        assertThat(result.chance()).isBetween(-0.03, 0.03);
        assertThat(result.of(Method.SEGMENTER).ari()).isGreaterThan(0.5);
        assertThat(result.of(Method.SEGMENTER).sseRatio()).isBetween(0.999, 1.25);
        assertThat(result.of(Method.COMMONS_MATH).sseRatio()).isBetween(0.98, 1.02);
    }

    @Test
    void segmenter_ofTheSameEventsTwice_leavesTheSame() throws Exception {
        FinalState first = run(new SyntheticPopulation("few", 150, Duration.ofDays(40)));
        FinalState second = run(new SyntheticPopulation("few", 150, Duration.ofDays(40)));

        assertThat(second.segments()).isEqualTo(first.segments());
        assertThat(second.points()).isEqualTo(first.points());
        assertThat(second.centroids()).isEqualTo(first.centroids());
    }

    @Test
    void finish_withoutEvents_isRefused() {
        InMemorySegmenter segmenter =
                new InMemorySegmenter(Population.replayConfig(1, Map.of()), new IgnoredDecisions());

        assertThatThrownBy(segmenter::finish).isInstanceOf(IllegalStateException.class);
    }

    private static FinalState run(Population population) throws Exception {
        InMemorySegmenter segmenter =
                new InMemorySegmenter(population.config(1), new IgnoredDecisions());
        population.replay(1, segmenter::process);
        return segmenter.finish();
    }
}
