// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a user's events to the values in a change, by hand: buys for 20, looks twice, buys for 400. */
class RealUnitsTest {
    private static final FeatureSet SHOP =
            FeatureSet.of(
                    List.of(
                            feature("purchases", FeatureKind.COUNT, null, "purchase"),
                            feature("spend", FeatureKind.SUM, EventField.PRICE, "purchase"),
                            feature("views", FeatureKind.COUNT, null, "view")));
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = 20_000 * DAY;

    /** Where spend is cut off: 8 sigmas of 0.3 above a mean of 1. Log1p(420) is 6.04. */
    private static final double CUT = 3.4;

    private static final double LN2 = 0.6931471805599453;
    private static final double LN3 = 1.0986122886681098;
    private static final double LN21 = 3.044522437723423;

    private final ModelTimeline models = new ModelTimeline();
    private final Recorder out = new Recorder();
    private final SegmentAssigner assigner =
            new SegmentAssigner(SHOP, new AssignOptions(Guards.OFF, Long.MIN_VALUE, Duration.ZERO));
    private final FeatureRoller roller =
            new FeatureRoller(
                    SHOP,
                    new RollOptions(
                            Duration.ofHours(1),
                            64,
                            Duration.ofMinutes(30),
                            Duration.ofDays(90),
                            Duration.ofDays(1),
                            600,
                            256,
                            Duration.ofHours(24)));
    private final OverflowIds noOverflow =
            new OverflowIds() {
                @Override
                public boolean addIfAbsent(long eventIdHash, long eventTime) {
                    return true;
                }

                @Override
                public void dropBefore(long eventTime) {}
            };
    private final RollOutput toAssigner =
            new RollOutput() {
                @Override
                public void update(UserUpdate update) {
                    segment = assigner.onUpdate(segment, update, models, out);
                }

                @Override
                public void vote(Vote vote) {}

                @Override
                public void duplicate() {}

                @Override
                public void counted() {}

                @Override
                public void overQuota(String userId, long minuteStart, long count) {}
            };
    private UserState user;
    private UserSegment segment;

    private static FeatureSpec feature(
            String name, FeatureKind kind, EventField field, String type) {
        return new FeatureSpec(
                name,
                kind,
                Set.of(type),
                field,
                Duration.ofDays(30),
                null,
                null,
                Transform.LOG1P,
                true,
                null,
                null);
    }

    private void act(String type, double day, double price) {
        long time = START + (long) (day * DAY);
        ClickEvent event =
                new ClickEvent("ann", false, time, time, time, SHOP.typeIndex(type), 1, 1, price);
        if (user == null) {
            user = roller.begin(event);
        }
        roller.onEvent(user, event, noOverflow, toAssigner);
    }

    @Test
    void values_throughLogScalingAndCut_areThoseOfTheEvents() {
        models.add(
                new ModelBuilder(SHOP, 1)
                        .mean(1, 1, 1)
                        .sigma(0.3, 0.3, 0.3)
                        .centroid(1, "small", LN2, LN21, LN3)
                        .centroid(2, "big", LN3, CUT, LN3)
                        .build());

        act("purchase", 0.1, 20);
        act("view", 0.2, 0);
        act("view", 0.3, 0);
        act("purchase", 3.1, 400);

        assertThat(out.changes).hasSize(2);
        SegmentChange move = out.lastChange();
        assertThat(move.getSegmentLabel()).isEqualTo("big");
        assertThat(move.getContributions())
                .extracting(
                        Contribution::getFeature,
                        Contribution::getPreviousValue,
                        Contribution::getValue)
                .containsExactly(
                        tuple("purchases", 1.0, 2.0),
                        tuple("spend", 20.0, 420.0),
                        tuple("views", 0.0, 2.0));
        assertThat(move.getContributions().get(0).getContribution())
                .isCloseTo((LN3 - LN2) * (LN3 - LN2) / 0.09, within(1e-12));
        assertThat(move.getContributions().get(1).getContribution())
                .isCloseTo((CUT - LN21) * (CUT - LN21) / 0.09, within(1e-12));
        assertThat(move.getContributions().get(2).getContribution()).isCloseTo(0, within(1e-12));
    }
}
