// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SegmenterMethodTest {
    private static final int BATCHES = 10;
    private static final int HALF_LIFE = 1_000;
    private static final int BATCH_SIZE = 50;

    /** Alternately around -2 and 2, wandering slowly. */
    private static PointStream stream() {
        double[] points = new double[BATCHES * BATCH_SIZE];
        for (int i = 0; i < points.length; i++) {
            points[i] = (i % 2 == 0 ? -2 : 2) + Math.sin(i / 40.0);
        }
        return new PointStream(points, 1, 2, BATCHES, 2, HALF_LIFE, 2);
    }

    @Test
    void run_fromTheCommonStart_isTheUpdateRuleWithoutScaleOrWinsorising() {
        PointStream stream = stream();
        double[] mean = new double[2];
        double[] weight = new double[2];
        for (int i = 0; i < stream.from(2); i++) {
            mean[i % 2] += stream.points()[i] / BATCH_SIZE;
            weight[i % 2]++;
        }
        double decay = Math.pow(2, -1.0 / HALF_LIFE);
        for (int batch = 2; batch < BATCHES; batch++) {
            for (int j = 0; j < 2; j++) {
                double sum = 0;
                for (int i = stream.from(batch) + j; i < stream.from(batch + 1); i += 2) {
                    sum += stream.points()[i];
                }
                int n = BATCH_SIZE / 2;
                mean[j] = (decay * weight[j] * mean[j] + sum) / (decay * weight[j] + n);
                weight[j] = decay * weight[j] + n;
            }
        }

        Trace trace =
                new SegmenterMethod(SegmenterMethod.First.COMMON)
                        .run(stream, Start.of(stream, 1), 1);

        assertThat(trace.steps()).hasSize(BATCHES - 2 + 1);
        double[] found = trace.last().centroids();
        assertThat(Math.min(found[0], found[1])).isCloseTo(mean[0], within(1e-12));
        assertThat(Math.max(found[0], found[1])).isCloseTo(mean[1], within(1e-12));
    }

    @Test
    void start_ofAReservoir_hasTheMeansOfItsPoints() {
        PointStream stream = new PointStream(new double[] {1, 7, 3, 5, 0, 0}, 1, 2, 3, 2, 20, 1);

        Start start = Start.of(stream, 1);

        assertThat(start.centroids()).containsExactlyInAnyOrder(2, 6);
        assertThat(start.weights()).containsExactly(2, 2);
        assertThat(start.spreads()).containsExactly(1, 1);
    }
}
