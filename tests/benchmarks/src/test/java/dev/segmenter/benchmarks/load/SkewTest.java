// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkewTest {
    private static final int DRAWS = 400_000;

    @Test
    void draw_zipf_followsTheLaw() {
        int users = 50;
        double exponent = 1.04;
        double sum = IntStream.rangeClosed(1, users).mapToDouble(r -> Math.pow(r, -exponent)).sum();

        double[] shares = shares(Skew.parse("zipf:1.04", users), users);

        for (int rank = 1; rank <= users; rank++) {
            double expected = Math.pow(rank, -exponent) / sum;
            double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
            assertThat(shares[rank - 1]).isCloseTo(expected, within(5 * deviation));
        }
    }

    @Test
    void topShare_defaultSkewOf424kUsers_isAbout9Point5Percent() {
        assertThat(Skew.parse("zipf:1.04", 424_000).topShare()).isCloseTo(0.095, within(0.003));
    }

    @Test
    void draw_uniform_favoursNobody() {
        double[] shares = shares(Skew.parse("uniform", 20), 20);

        assertThat(DoubleStream.of(shares))
                .allSatisfy(share -> assertThat(share).isCloseTo(0.05, within(0.002)));
    }

    @Test
    void draw_oneUser_hasItsShareAndTheOthersTheRestEvenly() {
        double[] shares = shares(Skew.parse("top:0.30", 11), 11);

        assertThat(shares[0]).isCloseTo(0.30, within(0.004));
        assertThat(DoubleStream.of(shares).skip(1))
                .allSatisfy(share -> assertThat(share).isCloseTo(0.07, within(0.003)));
    }

    @Test
    void parse_unknownWord_namesTheOnesThereAre() {
        assertThatThrownBy(() -> Skew.parse("pareto", 10)).hasMessageContaining("uniform, zipf:");
        assertThatThrownBy(() -> Skew.parse("top:2", 10)).hasMessageContaining("between");
    }

    private static double[] shares(Skew skew, int users) {
        SplittableRandom random = new SplittableRandom(7);
        double[] shares = new double[users];
        for (int i = 0; i < DRAWS; i++) {
            shares[skew.draw(random)] += 1.0 / DRAWS;
        }
        return shares;
    }
}
