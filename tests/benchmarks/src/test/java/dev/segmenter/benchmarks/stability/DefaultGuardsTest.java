// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.benchmarks.quality.InMemorySegmenter;
import dev.segmenter.benchmarks.quality.Population;
import dev.segmenter.benchmarks.quality.SyntheticPopulation;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the defaults promise, on generated users. */
class DefaultGuardsTest {
    private static final Population PERSONAS =
            new SyntheticPopulation("personas", 150, Duration.ofDays(60));

    private static Recording personas;

    @BeforeAll
    static void record() throws Exception {
        personas = Recording.of(PERSONAS, 1);
    }

    @Test
    void defaults_onPersonas_letNobodyReturnWithinTheStay() {
        Outcome off = GuardTrial.run(personas, Guards.OFF);
        Outcome on = GuardTrial.run(personas, Guards.DEFAULTS);

        assertThat(off.returnsWithin(Guards.DEFAULTS.stay())).isNotEmpty();
        assertThat(on.moves()).isNotEmpty();
        assertThat(on.returnsWithinStay()).isEmpty();
        assertThat(on.rate()).isLessThan(off.rate());
    }

    @Test
    void defaults_onPersonas_buyCalmWithLittleExcess() {
        Fidelity fidelity = GuardTrial.run(personas, Guards.DEFAULTS).fidelity();

        assertThat(fidelity.misplacedShare()).isLessThan(0.15);
        assertThat(fidelity.excess()).isLessThan(0.06);
    }

    @Test
    void defaults_atABorder_letNobodyReturnWithinTheStay_andHardlyAnyoneMove() {
        Recording border = PlaneUsers.border(50, 30, 1);
        Outcome off = GuardTrial.run(border, Guards.OFF);
        Outcome on = GuardTrial.run(border, Guards.DEFAULTS);

        assertThat(off.returnsWithin(Guards.DEFAULTS.stay()).size()).isGreaterThan(1_000);
        assertThat(on.returnsWithinStay()).isEmpty();
        assertThat(on.rate()).isLessThan(off.rate() / 8);
    }

    @Test
    void plantedMoves_areTold_noLaterThanTheGuardsState() {
        Recording movers = PlaneUsers.movers(200, 14, 1);
        for (Guards guards : GuardSets.compared().values()) {
            Delays delays = Delays.of(movers, guards);

            assertThat(delays.untold()).isZero();
            assertThat(delays.all()).hasSize(200);
            assertThat(delays.all())
                    .allMatch(d -> d.delay() >= 0 && d.delay() <= d.stated() + PlaneUsers.HOUR);
        }
    }

    @Test
    void plantedMoves_withoutGuards_areToldAtOnce() {
        assertThat(Delays.of(PlaneUsers.movers(50, 14, 2), Guards.OFF).quantile(1)).isZero();
    }

    @Test
    void recording_playedUnderTheConfiguredGuards_givesTheSegmentersOwnChanges() throws Exception {
        List<SegmentChange> own = new ArrayList<>();
        InMemorySegmenter segmenter = new InMemorySegmenter(PERSONAS.config(1), into(own));
        PERSONAS.replay(1, segmenter::process);
        segmenter.finish();

        List<SegmentChange> played =
                GuardTrial.run(personas, PERSONAS.config(1).assign().guards()).moves().stream()
                        .map(Move::change)
                        .toList();

        assertThat(played)
                .containsExactlyInAnyOrderElementsOf(
                        own.stream().filter(change -> Move.of(change).isPresent()).toList());
    }

    private static AssignOutput into(List<SegmentChange> changes) {
        return new AssignOutput() {
            @Override
            public void change(SegmentChange change) {
                changes.add(change);
            }

            @Override
            public void membership(SegmentMembership membership) {}

            @Override
            public void left(String userId) {}
        };
    }
}
