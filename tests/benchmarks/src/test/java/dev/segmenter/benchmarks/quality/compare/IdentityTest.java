// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final int[] CLASSES = {0, 0, 0, 1, 1, 1};

    @Test
    void relabelled_ofOneUserInFour_isAQuarter() {
        assertThat(Identity.relabelled(new int[] {1, 1, 2, 2}, new int[] {1, 2, 2, 2}))
                .isEqualTo(0.25);
    }

    @Test
    void relabelled_ofThereAndBack_countsBothSteps() {
        List<int[]> steps = List.of(new int[] {1, 2}, new int[] {2, 2}, new int[] {1, 2});

        assertThat(Identity.relabelled(steps)).containsExactly(0.5, 0.5);
    }

    @Test
    void changedMeanings_ofIdsThatSwapClasses_areTwo() {
        List<int[]> steps =
                List.of(
                        new int[] {5, 5, 5, 9, 9, 9},
                        new int[] {5, 5, 9, 9, 9, 9},
                        new int[] {9, 9, 9, 5, 5, 5});

        assertThat(Identity.changedMeanings(steps, CLASSES)).isEqualTo(2);
    }

    @Test
    void changedMeanings_ofAnIdThatRestsAndComesBackElsewhere_isOne() {
        List<int[]> steps =
                List.of(
                        new int[] {5, 5, 5, 9, 9, 9},
                        new int[] {5, 5, 5, 5, 5, 5},
                        new int[] {9, 5, 5, 7, 7, 7});

        assertThat(Identity.changedMeanings(steps, CLASSES)).isEqualTo(1);
    }

    @Test
    void changedMeanings_ofANewId_isNone() {
        List<int[]> steps = List.of(new int[] {5, 5, 5, 9, 9, 9}, new int[] {5, 5, 6, 9, 9, 9});

        assertThat(Identity.changedMeanings(steps, CLASSES)).isZero();
    }

    @Test
    void kept_goesByTheMostFrequentId() {
        int[] before = {5, 5, 5, 9, 9, 9};

        assertThat(Identity.kept(before, new int[] {5, 5, 9, 7, 7, 9}, CLASSES, 0)).isTrue();
        assertThat(Identity.kept(before, new int[] {5, 5, 9, 7, 7, 9}, CLASSES, 1)).isFalse();
    }
}
