// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.assign.History.Kept;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.oracle.SlowAssigner;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds in every history. A failure names the history's seed; seeds do not shrink. */
class SegmentAssignerPropertyTest {
    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void records_areThoseOfTheSlowAssigner(@ForAll long seed, @ForAll boolean cosine) {
        requireThoseOfTheSlowAssigner(History.random(seed, Kept.NOTHING, cosine));
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void records_shortSteps_areThoseOfTheSlowAssigner(@ForAll long seed) {
        requireThoseOfTheSlowAssigner(History.strolling(seed));
    }

    private static void requireThoseOfTheSlowAssigner(History history) {
        Recorder expected = new Recorder();
        SlowAssigner slow =
                new SlowAssigner(
                        History.FEATURES,
                        history.options(),
                        "u",
                        history.models().stream().map(CentroidModel::snapshot).toList(),
                        expected);
        history.updates().forEach(slow::handle);

        assertThat(Playback.caughtUp(history).all).isEqualTo(expected.all);
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void output_timersAndRestartsAtAnyPoint_isThatOfCatchingUp(
            @ForAll long seed, @ForAll long firing, @ForAll boolean cosine) {
        History history = History.random(seed, Kept.NOTHING, cosine);

        assertThat(Playback.withTimers(history, new Random(firing)).all)
                .isEqualTo(Playback.caughtUp(history).all);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void output_usersInterleavedInOneAssigner_isThatOfEachAlone(
            @ForAll long seed, @ForAll long order) {
        History one = History.random(seed, Kept.NOTHING);
        History other =
                new History(
                        ~seed,
                        one.options(),
                        one.models(),
                        History.random(~seed, Kept.NOTHING).updates());
        SegmentAssigner shared = new SegmentAssigner(History.FEATURES, one.options());
        Playback first = new Playback(one, shared);
        Playback second = new Playback(other, shared);

        Random random = new Random(order);
        while (first.hasNext() || second.hasNext()) {
            Playback turn =
                    !second.hasNext() || (first.hasNext() && random.nextBoolean()) ? first : second;
            turn.step(random);
        }

        assertThat(first.out().all).isEqualTo(Playback.caughtUp(one).all);
        assertThat(second.out().all).isEqualTo(Playback.caughtUp(other).all);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void frozenModel_neverCausesAChange(@ForAll long seed, @ForAll boolean cosine) {
        assertThat(Playback.caughtUp(History.random(seed, Kept.MODEL, cosine)).changes)
                .extracting(SegmentChange::getCause)
                .doesNotContain(Cause.MODEL);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void frozenVectors_areNeverTheCause(@ForAll long seed, @ForAll boolean cosine) {
        assertThat(Playback.caughtUp(History.random(seed, Kept.VECTORS, cosine)).changes)
                .extracting(SegmentChange::getCause)
                .doesNotContain(Cause.BEHAVIOUR);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void frozenModel_vectorsRepeatedAtAnyTime_changeNothing(
            @ForAll long seed, @ForAll long repeating) {
        History history = History.random(seed, Kept.MODEL);

        List<SegmentChange> often = Playback.caughtUp(repeated(history, repeating)).changes;

        // No repeat falls before the model, where it would bring the first segment forward.
        assertThat(often).isEqualTo(Playback.caughtUp(history).changes);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void sequences_countFromOneInEachLife_andIdsAreUnique(@ForAll long seed) {
        Set<String> ids = new HashSet<>();
        SegmentChange before = null;
        for (SegmentChange change : Playback.caughtUp(History.random(seed, Kept.NOTHING)).changes) {
            boolean sameLife =
                    before != null && before.getIncarnation().equals(change.getIncarnation());
            assertThat(change.getSequence()).isEqualTo(sameLife ? before.getSequence() + 1 : 1);
            assertThat(ids.add(change.getChangeId())).isTrue();
            if (sameLife) {
                assertThat(change.getPreviousSegmentId()).isEqualTo(before.getSegmentId());
                assertThat(change.getEventTime()).isAfterOrEqualTo(before.getEventTime());
            }
            before = change;
        }
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void contributions_areSorted_andAddUpToTheDistancesDifference(
            @ForAll long seed, @ForAll boolean cosine) {
        for (SegmentChange change :
                Playback.caughtUp(History.random(seed, Kept.NOTHING, cosine)).changes) {
            boolean moved = change.getMargin() != null;
            assertThat(change.getContributions())
                    .hasSize(moved ? History.FEATURES.dimension() : 0)
                    .isSortedAccordingTo(
                            (a, b) ->
                                    Double.compare(
                                            Math.abs(b.getContribution()),
                                            Math.abs(a.getContribution())));
            if (moved) {
                double difference =
                        change.getPreviousDistanceSquared() - change.getDistanceSquared();
                assertThat(sum(change)).isCloseTo(difference, within(tolerance(change)));
            }
        }
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void moves_outOfALiveSegment_keepMarginAndStay(@ForAll long seed) {
        History history = History.random(seed, Kept.NOTHING);
        Guards guards = history.options().guards();
        SegmentMembership held = null;
        List<Object> all = Playback.caughtUp(history).all;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof SegmentChange change && change.getMargin() != null) {
                assertThat(change.getMargin()).isGreaterThanOrEqualTo(guards.margin());
                if (held != null) {
                    assertThat(change.getEventTime())
                            .isAfterOrEqualTo(held.getSince().plus(guards.stay()));
                }
            }
            held = all.get(i) instanceof SegmentMembership membership ? membership : held;
        }
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void thereAndBack_withinTheStay_neverHappensAmongLiveSegments(@ForAll long seed) {
        History history = History.random(seed, Kept.SEGMENTS_ALIVE);
        List<SegmentChange> changes = Playback.caughtUp(history).changes;
        for (int i = 1; i < changes.size(); i++) {
            SegmentChange there = changes.get(i - 1);
            SegmentChange back = changes.get(i);
            boolean returned =
                    back.getSegmentId() != null
                            && back.getIncarnation().equals(there.getIncarnation())
                            && Objects.equals(there.getPreviousSegmentId(), back.getSegmentId());
            if (returned) {
                assertThat(back.getEventTime())
                        .isAfterOrEqualTo(
                                there.getEventTime().plus(history.options().guards().stay()));
            }
        }
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void memberships_followTheChanges_andExitsLeaveATombstone(@ForAll long seed) {
        List<Object> all = Playback.caughtUp(History.random(seed, Kept.NOTHING)).all;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof SegmentChange change) {
                Object next = all.get(i + 1);
                if (change.getSegmentId() == null) {
                    assertThat(next).isEqualTo("left u");
                } else {
                    assertThat(next)
                            .isInstanceOfSatisfying(
                                    SegmentMembership.class, m -> assertEntered(m, change));
                }
            }
        }
    }

    private static void assertEntered(SegmentMembership membership, SegmentChange change) {
        assertThat(membership.getSegmentId()).isEqualTo(change.getSegmentId());
        assertThat(membership.getSegmentLabel()).isEqualTo(change.getSegmentLabel());
        assertThat(membership.getSequence()).isEqualTo(change.getSequence());
        assertThat(membership.getSince()).isEqualTo(change.getEventTime());
        assertThat(membership.getDistanceSquared()).isEqualTo(change.getDistanceSquared());
        assertThat(membership.getCoverage()).isBetween(0.0, 1.0);
    }

    private static History repeated(History history, long seed) {
        Random random = new Random(seed);
        long effective = history.models().get(0).effectiveFrom();
        List<UserUpdate> often = new ArrayList<>();
        for (int i = 0; i < history.updates().size(); i++) {
            UserUpdate update = history.updates().get(i);
            often.add(update);
            long until =
                    i + 1 < history.updates().size()
                            ? history.updates().get(i + 1).time()
                            : update.time();
            for (long t = update.time(); t <= until; t++) {
                boolean repeats = update.kind() == UserUpdate.Kind.VECTOR && random.nextBoolean();
                if (repeats && update.time() >= effective) {
                    often.add(at(update, t));
                }
            }
        }
        return new History(seed, history.options(), history.models(), often);
    }

    private static UserUpdate at(UserUpdate update, long time) {
        return new UserUpdate(
                update.kind(),
                update.userId(),
                update.incarnation(),
                time,
                update.fingerprint(),
                update.flagged(),
                update.values());
    }

    private static double sum(SegmentChange change) {
        double sum = 0;
        for (Contribution contribution : change.getContributions()) {
            sum += contribution.getContribution();
        }
        return sum;
    }

    /**
     * The contract: 1e-9 of the difference. Below a margin of about 5e-6, which guards are not set to, the
     * rounding of the distances themselves is larger: then 1e-14 of the distance.
     */
    private static double tolerance(SegmentChange change) {
        double distance = change.getPreviousDistanceSquared();
        double difference = distance - change.getDistanceSquared();
        return Math.max(1e-9 * difference, 1e-14 * distance);
    }
}
