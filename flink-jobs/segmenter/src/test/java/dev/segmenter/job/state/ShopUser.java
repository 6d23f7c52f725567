// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A user of a shop: a visit every few days, of a dozen events, the more the higher the seed. */
final class ShopUser implements RollOutput, OverflowIds {
    private static final String[] TYPES = {
        "view", "view", "view", "view", "view", "view", "cart", "favorite", "purchase", "cancel"
    };
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final FeatureSet features;
    private final FeatureRoller roller;
    private final Random random;
    private final double visitsADay;
    private final List<UserUpdate> updates = new ArrayList<>();
    private UserState state;
    private long now = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

    ShopUser(FeatureSet features, int seed) {
        this.features = features;
        this.roller = new FeatureRoller(features, RollOptions.defaults());
        this.random = new Random(seed);
        this.visitsADay = 0.05 * (1 + seed);
    }

    void live(int days) {
        for (int day = 0; day < days; day++) {
            now += DAY;
            boolean first = state == null;
            if (first || random.nextDouble() < visitsADay) {
                visit(now + random.nextLong(DAY / 2));
            } else {
                roller.onTimer(state, "u", now, this, this);
            }
        }
    }

    private void visit(long from) {
        int events = 1 + random.nextInt(24);
        for (int i = 0; i < events; i++) {
            String type = TYPES[random.nextInt(TYPES.length)];
            ClickEvent event =
                    new ClickEvent(
                            "u",
                            false,
                            from,
                            random.nextLong(),
                            from + i * MINUTE,
                            features.typeIndex(type),
                            1 + random.nextInt(500),
                            1 + random.nextInt(20),
                            type.equals("purchase") ? random.nextInt(10_000) / 100.0 : 0);
            if (state == null) {
                state = roller.begin(event);
            }
            roller.onEvent(state, event, this, this);
        }
    }

    Timed<UserState> state() {
        return new Timed<>(state, roller.nextMoment(state));
    }

    List<UserUpdate> updates() {
        return updates;
    }

    /** What assign keeps of a user after an update, before any model. */
    static UserSegment segment(FeatureSet features, UserUpdate update) {
        AssignOptions options =
                new AssignOptions(Guards.DEFAULTS, Long.MIN_VALUE, Duration.ofDays(90));
        return new SegmentAssigner(features, options)
                .onUpdate(null, update, new ModelTimeline(), new NoOutput());
    }

    @Override
    public void update(UserUpdate update) {
        updates.add(update);
    }

    @Override
    public void vote(Vote vote) {}

    @Override
    public void duplicate() {}

    @Override
    public void counted() {}

    @Override
    public void overQuota(String userId, long minuteStart, long count) {}

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        return true;
    }

    @Override
    public void dropBefore(long eventTime) {}

    private static final class NoOutput implements AssignOutput {
        @Override
        public void change(SegmentChange change) {}

        @Override
        public void membership(SegmentMembership membership) {}

        @Override
        public void left(String userId) {}
    }
}
