// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import static dev.segmenter.benchmarks.stability.Moves.move;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnTest {
    @Test
    void in_thereAndBack_isOne_withTheTimeAway() {
        List<Return> returns = Return.in(List.of(move("u", 0, 5, 1, 2), move("u", 0, 29, 2, 1)));

        assertThat(returns)
                .singleElement()
                .extracting(Return::away)
                .isEqualTo(24 * PlaneUsers.HOUR);
    }

    @Test
    void in_aPingPongOfFourMoves_countsEveryReturn() {
        List<Move> moves =
                List.of(
                        move("u", 0, 1, 1, 2),
                        move("u", 0, 2, 2, 1),
                        move("u", 0, 3, 1, 2),
                        move("u", 0, 4, 2, 1));

        assertThat(Return.in(moves)).hasSize(3);
    }

    @Test
    void in_aDetour_isNone() {
        List<Move> moves =
                List.of(move("u", 0, 1, 1, 2), move("u", 0, 2, 2, 3), move("u", 0, 3, 3, 1));

        assertThat(Return.in(moves)).isEmpty();
    }

    @Test
    void in_usersMixed_keepsThemApart() {
        List<Move> moves =
                List.of(
                        move("a", 0, 1, 1, 2),
                        move("b", 0, 2, 2, 1),
                        move("a", 0, 3, 2, 1),
                        move("b", 0, 4, 1, 3));

        assertThat(Return.in(moves))
                .singleElement()
                .extracting(r -> r.back().user())
                .isEqualTo("a");
    }

    @Test
    void in_anotherLife_isNoReturn() {
        assertThat(Return.in(List.of(move("u", 0, 1, 1, 2), move("u", 9, 2, 2, 1)))).isEmpty();
    }

    @Test
    void outcome_countsUpToTheTimeGiven_andBelowTheStay() {
        Fidelity fidelity = new Fidelity();
        fidelity.add(Duration.ofDays(10).toMillis(), 1.5, 1);
        Outcome outcome =
                new Outcome(
                        Guards.DEFAULTS,
                        List.of(
                                move("a", 0, 0, 1, 2),
                                move("a", 0, 24, 2, 1),
                                move("b", 0, 0, 1, 2),
                                move("b", 0, 48, 2, 1),
                                move("c", 0, 0, 1, 2, Cause.MODEL, List.of())),
                        fidelity);

        assertThat(outcome.returnsWithin(Duration.ofDays(1))).hasSize(1);
        assertThat(outcome.returnsWithin(Duration.ofDays(2))).hasSize(2);
        assertThat(outcome.returnsWithinStay()).hasSize(1);
        assertThat(outcome.rate()).isEqualTo(0.5);
        assertThat(outcome.rate(Cause.MODEL)).isEqualTo(0.1);
    }

    @Test
    void fidelity_weighsByTime() {
        Fidelity fidelity = new Fidelity();
        fidelity.add(Duration.ofDays(3).toMillis(), 1, 1);
        fidelity.add(Duration.ofDays(1).toMillis(), 2, 1);

        assertThat(fidelity.userDays()).isEqualTo(4);
        assertThat(fidelity.misplacedShare()).isEqualTo(0.25);
        assertThat(fidelity.excess()).isEqualTo(0.25);
    }

    @Test
    void cycle_isReal_onlyIfTheUserWentFarEnoughTowardsTheOtherCentroidEachWay() {
        Cycles cycles = new Cycles(PlaneUsers.border(1, 1, 1));

        assertThat(cycles.isReal(cycle(Cause.BEHAVIOUR, "x", 1.51, -1.51))).isTrue();
        assertThat(cycles.isReal(cycle(Cause.BEHAVIOUR, "x", 1.51, -1.49))).isFalse();
        assertThat(cycles.isReal(cycle(Cause.BEHAVIOUR, "x", 1.49, -1.51))).isFalse();
        assertThat(cycles.isReal(cycle(Cause.BEHAVIOUR, "x", -3, 3))).isFalse();
        assertThat(cycles.isReal(cycle(Cause.BEHAVIOUR, "y", 3, -3))).isFalse();
        assertThat(cycles.isReal(cycle(Cause.MODEL, "x", 3, -3))).isFalse();
    }

    private static Return cycle(Cause cause, String feature, double there, double back) {
        return new Return(
                move("u", 0, 1, 1, 2, cause, List.of(went(feature, there))),
                move("u", 0, 60, 2, 1, cause, List.of(went(feature, back))));
    }

    private static Contribution went(String feature, double sigmas) {
        return new Contribution(feature, 0.0, sigmas, 1.0);
    }
}
