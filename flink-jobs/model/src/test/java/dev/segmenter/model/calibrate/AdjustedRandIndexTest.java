// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdjustedRandIndexTest {
    /** Values of the documentation of scikit-learn's adjusted_rand_score, and two by hand. */
    @ParameterizedTest
    @CsvSource({
        "0011, 0011, 1",
        "0011, 1100, 1",
        "0012, 0011, 0.5714285714285714",
        "0011, 0012, 0.5714285714285714",
        "0000, 0123, 0",
        "0011, 0101, -0.5",
        "0000, 5555, 1",
        "0123, 3210, 1"
    })
    void of_knownPartitions_givesThePublishedValue(String a, String b, double expected) {
        assertThat(AdjustedRandIndex.of(digits(a), digits(b))).isCloseTo(expected, within(1e-15));
    }

    @Property
    void of_anyPartitions_agreesWithCountingAllPairs(
            @ForAll @Size(12) int @IntRange(max = 3) [] a,
            @ForAll @Size(12) int @IntRange(max = 3) [] b) {
        assertThat(AdjustedRandIndex.of(a, b)).isCloseTo(byPairs(a, b), within(1e-12));
    }

    @Test
    void of_unrelatedLabels_isZeroOnAverage() {
        Random random = new Random(7);
        double sum = 0;
        for (int trial = 0; trial < 200; trial++) {
            int[] a = random.ints(300, 0, 4).toArray();
            int[] b = random.ints(300, 0, 6).toArray();
            sum += AdjustedRandIndex.of(a, b);
        }
        assertThat(sum / 200).isCloseTo(0, within(0.002));
    }

    @Test
    void of_labelsOfDifferentLength_isRefused() {
        assertThatThrownBy(() -> AdjustedRandIndex.of(new int[3], new int[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 and of 2");
    }

    private static int[] digits(String text) {
        return text.chars().map(digit -> digit - '0').toArray();
    }

    /** The index in terms of pairs (D. Steinley, 2004, equation 9): no sums of binomials. */
    private static double byPairs(int[] a, int[] b) {
        double both = 0;
        double onlyA = 0;
        double onlyB = 0;
        double neither = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                boolean inA = a[i] == a[j];
                boolean inB = b[i] == b[j];
                both += inA && inB ? 1 : 0;
                onlyA += inA && !inB ? 1 : 0;
                onlyB += !inA && inB ? 1 : 0;
                neither += !inA && !inB ? 1 : 0;
            }
        }
        double denominator =
                (both + onlyA) * (onlyA + neither) + (both + onlyB) * (onlyB + neither);
        return denominator == 0 ? 1 : 2 * (both * neither - onlyA * onlyB) / denominator;
    }
}
