// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static dev.segmenter.job.functions.Plane.DAY;
import static dev.segmenter.job.functions.Plane.FEATURES;
import static dev.segmenter.job.functions.Plane.START;
import static dev.segmenter.job.functions.Plane.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bots and sessions that never end, through both keyed operators. */
class CleaningTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long VOTE_INTERVAL = DAY;
    private static final AssignTiming LIVE =
            new AssignTiming(false, ModelFeed.DELAY, VOTE_INTERVAL, null);

    private final List<UserUpdate> updates = new ArrayList<>();
    private final List<Vote> votes = new ArrayList<>();

    @Test
    void bot_isCountedReportedOnceFlaggedAndKeptOutOfTraining_forADay() throws Exception {
        try (Chain chain = chain(FEATURES, 3)) {
            chain.assign.model(model(1, START - DAY, ModelFeed.DELAY, new double[] {0, 0}));
            chain.process(view("ada", START));
            for (int i = 0; i < 20; i++) {
                chain.process(view("bot", START + i));
            }
            assertThat(chain.roll.metrics().count(MetricNames.OVER_QUOTA)).isEqualTo(17);
            assertThat(chain.roll.letters()).as("the minute is not over").isEmpty();

            chain.users(START + MINUTE);
            assertThat(chain.roll.letters()).extracting(DeadLetter::getCount).containsExactly(17L);

            chain.users(START + 4 * DAY - 1);
            assertThat(chain.roll.letters()).hasSize(1);
            assertThat(last(updates, "bot").values()).as("within the quota").containsExactly(3, 0);
            assertVotes(chain);
            assertFlags(chain);
        }
    }

    /** The bot's one day without a vote is the one in which it is flagged. */
    private void assertVotes(Chain chain) throws Exception {
        assertThat(votesOf("ada")).hasSize(4);
        assertThat(votesOf("bot"))
                .hasSize(3)
                .allSatisfy(vote -> assertThat(vote.time()).isGreaterThanOrEqualTo(START + DAY));
        assertThat(chain.roll.metrics().count(MetricNames.VOTES)).isEqualTo(7);
    }

    /** Told when it begins, and that it has ended at the first vote after a day. */
    private static void assertFlags(Chain chain) throws Exception {
        List<SegmentMembership> told = memberships(chain, "bot");
        assertThat(told)
                .extracting(SegmentMembership::getFlagged)
                .containsExactly(false, true, false);
        assertThat(told.get(1).getUpdatedAt().toEpochMilli()).isEqualTo(START + 3);
        assertThat(told.get(2).getUpdatedAt().toEpochMilli())
                .isBetween(START + DAY, START + DAY + VOTE_INTERVAL - 1);
        assertThat(memberships(chain, "ada"))
                .extracting(SegmentMembership::getFlagged)
                .containsExactly(false);
    }

    /** Every 10 minutes for 60 days is one session that never ends: it is cut at users.max-session. */
    @Test
    void heartbeat_countsASessionADay_andNeverLooksQuiet() throws Exception {
        FeatureSet shop = DefaultFeatures.shop();
        int sessions = shop.indexOf("sessions_30d");
        try (Chain chain = chain(shop, RollOptions.defaults().quotaPerMinute())) {
            long end = START + 60 * DAY;
            for (long now = START; now < end; now += 10 * MINUTE) {
                chain.process(event(shop, "bot", now));
                chain.users(now);
                long days = (now - START) / DAY + 1;
                assertThat(last(updates, "bot").values()[sessions])
                        .isEqualTo((double) Math.min(days, 30));
                updates.subList(0, updates.size() - 1).clear();
            }
            assertThat(chain.roll.metrics().count(MetricNames.OVER_QUOTA)).isZero();

            chain.users(end + 31 * DAY);
            assertThat(last(updates, "bot").values()[sessions]).as("silent at last").isZero();
        }
    }

    private Chain chain(FeatureSet features, int quota) throws Exception {
        RollOptions defaults = RollOptions.defaults();
        RollOptions options =
                new RollOptions(
                        defaults.dedup(),
                        defaults.dedupCapacity(),
                        defaults.sessionGap(),
                        defaults.exitAfter(),
                        Duration.ofMillis(VOTE_INTERVAL),
                        quota,
                        defaults.distinctCapacity(),
                        defaults.maxSession());
        RollHarness roll = new RollHarness(features, options, null);
        return new Chain(roll, AssignHarness.of(LIVE, Guards.OFF), updates::add, votes::add).open();
    }

    private List<Vote> votesOf(String user) {
        return votes.stream().filter(vote -> vote.userHash() == Hashes.of(user)).toList();
    }

    private static UserUpdate last(List<UserUpdate> updates, String user) {
        return updates.stream()
                .filter(update -> update.userId().equals(user))
                .reduce((former, later) -> later)
                .orElseThrow();
    }

    private static List<SegmentMembership> memberships(Chain chain, String user) throws Exception {
        return chain.assign.outputsOf(user).stream()
                .map(SegmentOutput::membership)
                .filter(Objects::nonNull)
                .toList();
    }

    private static ClickEvent view(String user, long time) {
        return event(FEATURES, user, time);
    }

    private static ClickEvent event(FeatureSet features, String user, long time) {
        return new ClickEvent(user, false, time, time, time, features.typeIndex("view"), 1, 0, 0);
    }
}
