// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureRollerTest {
    private static final String USER = "ada";
    private static final long HASH = Hashes.of(USER);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = 20_000 * DAY;
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final FeatureSet VIEWS =
            FeatureSet.of(List.of(Features.count("views_90d", Duration.ofDays(90), "view")));
    private static final RollOptions NO_VOTES = options(Duration.ofDays(200), NEVER);

    private final Journal journal = new Journal();
    private final HeldIds ids = new HeldIds();
    private FeatureRoller roller;
    private UserState state;
    private long nextId;

    @Test
    void onTimer_silentUser_votesOncePerIntervalAtItsHash() {
        roll(VIEWS, options(Duration.ofDays(90), Duration.ofDays(1)), view(START));
        timer(START + 100 * DAY);

        long offset = Math.floorMod(HASH, DAY);
        assertThat(journal.votes).hasSize(90);
        for (int i = 0; i < 90; i++) {
            Vote vote = journal.votes.get(i);
            long interval = 20_000L + i;
            assertThat(vote.interval()).isEqualTo(interval);
            assertThat(vote.time()).isEqualTo(interval * DAY + offset);
            assertThat(vote.priority()).isEqualTo(Hashes.of(HASH, interval));
            assertThat(vote.fingerprint()).isEqualTo(VIEWS.fingerprint());
            assertThat(vote.values()).containsExactly(1);
        }
        assertThat(times(journal.updates))
                .containsAll(journal.votes.stream().map(Vote::time).toList());
    }

    @Test
    void onTimer_userLeft_nothingAfterExpiry() {
        roll(VIEWS, options(Duration.ofDays(3), Duration.ofDays(1)), view(START + 5));
        timer(START + 1000 * DAY);

        UserUpdate last = journal.updates.get(journal.updates.size() - 1);
        assertThat(last.kind()).isEqualTo(UserUpdate.Kind.EXPIRY);
        assertThat(last.time()).isEqualTo(START + 5 + 3 * DAY);
        assertThat(last.values()).isEmpty();
        assertThat(roller.isGone(state)).isTrue();
        assertThat(roller.nextMoment(state)).isEqualTo(Long.MAX_VALUE);

        int lines = journal.lines.size();
        timer(START + 2000 * DAY);
        assertThat(journal.lines).hasSize(lines);
    }

    @Test
    void onEvent_afterExit_beginsLaterLife() {
        roll(VIEWS, options(Duration.ofDays(3), NEVER), view(START), view(START + 10 * DAY));

        assertThat(journal.updates)
                .extracting(UserUpdate::kind)
                .containsExactly(
                        UserUpdate.Kind.VECTOR, UserUpdate.Kind.EXPIRY, UserUpdate.Kind.VECTOR);
        assertThat(journal.updates)
                .extracting(UserUpdate::incarnation)
                .containsExactly(START, START, START + 10 * DAY);
        assertThat(journal.updates.get(2).values()).containsExactly(1);
        assertThat(roller.isGone(state)).isFalse();
    }

    @Test
    void begin_lifeClockAheadOfEvent_isTheIncarnation() {
        ClickEvent late = event(START, 0, 1, START + HOUR);
        roll(VIEWS, NO_VOTES, late);

        assertThat(journal.updates.get(0).incarnation()).isEqualTo(START + HOUR);
        assertThat(journal.updates.get(0).time()).isEqualTo(START);
    }

    @Test
    void nextMoment_oneEvent_isWhenItsPaneLeaves() {
        roll(VIEWS, NO_VOTES, view(START + 7 * HOUR));

        long leaves = START + 90 * DAY + Math.floorMod(HASH, DAY);
        assertThat(roller.nextMoment(state)).isEqualTo(leaves);
        timer(leaves - 1);
        assertThat(journal.updates).hasSize(1);
        timer(leaves);
        assertThat(journal.updates).hasSize(2);
        assertThat(journal.updates.get(1).values()).containsExactly(0);
    }

    @Test
    void onTimer_twoWindowsLoseAPaneAtOnce_oneUpdate() {
        FeatureSet twice =
                FeatureSet.of(
                        List.of(
                                Features.count("views_7d", Duration.ofDays(7), "view"),
                                Features.sessions("sessions_7d", Duration.ofDays(7))));
        roll(twice, NO_VOTES, view(START));
        timer(START + 30 * DAY);

        assertThat(journal.updates).hasSize(2);
        assertThat(journal.updates.get(1).values()).containsExactly(0, 0);
    }

    @Test
    void onTimer_clusteredRecency_updatesAtDoublingAges() {
        FeatureSet set = FeatureSet.of(List.of(Features.recency("recency", true, "view")));
        roll(set, NO_VOTES, view(START + 3));
        timer(START + 150 * DAY);

        assertThat(journal.updates)
                .extracting(update -> update.values()[0])
                .containsExactly(0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0);
        assertThat(journal.updates.get(8).time()).isEqualTo(START + 3 + 128 * DAY);
    }

    @Test
    void onTimer_recencyUnderAClusteredRatio_updatesAtDoublingAges() {
        FeatureSpec share =
                new FeatureSpec(
                        "share",
                        FeatureKind.RATIO,
                        null,
                        null,
                        null,
                        "views",
                        "recency",
                        null,
                        true,
                        null,
                        null);
        FeatureSpec views = Features.count("views", Duration.ofDays(90), "view");
        FeatureSpec recency = Features.recency("recency", false);
        roll(FeatureSet.of(List.of(share, views, recency)), NO_VOTES, view(START));
        timer(START + 5 * DAY);

        assertThat(journal.updates)
                .extracting(update -> update.values()[0])
                .containsExactly(0.0, 1.0, 0.5, 0.25);
    }

    @Test
    void onTimer_reportedRecency_makesNoMoment() {
        FeatureSpec views = Features.count("views_1h", Duration.ofHours(1), "view");
        roll(
                FeatureSet.of(List.of(views, Features.recency("recency", false))),
                NO_VOTES,
                view(START));
        timer(START + 150 * DAY);

        assertThat(journal.updates).hasSize(2);
        double days = (HOUR + Math.floorMod(HASH, HOUR)) / (double) DAY;
        assertThat(journal.updates.get(1).values()).containsExactly(0, days);
    }

    @Test
    void recency_neverDone_countsFromTheStartOfTheLife() {
        FeatureSet set = FeatureSet.of(List.of(Features.recency("recency", true, "purchase")));
        FeatureRoller other = new FeatureRoller(set, NO_VOTES);
        ClickEvent unnamed = event(START, FeatureSet.OTHER_TYPE, 1, START);
        UserState user = other.begin(unnamed);
        other.onEvent(user, unnamed, ids, journal);
        other.onTimer(user, USER, START + 3 * DAY, ids, journal);

        assertThat(journal.updates.get(2).values()).containsExactly(2.0);
    }

    @Test
    void onEvent_nothingThatFeaturesRead_noUpdateButTheFirst() {
        ClickEvent first = event(START, FeatureSet.OTHER_TYPE, 1, START);
        ClickEvent second = event(START + 1, FeatureSet.OTHER_TYPE, 2, START + 1);
        roll(VIEWS, NO_VOTES, first, second);

        assertThat(journal.counted).isEqualTo(2);
        assertThat(journal.updates).hasSize(1);
        assertThat(journal.updates.get(0).values()).containsExactly(0);
    }

    @Test
    void onEvent_olderThanClock_countsInItsPaneAtTheClock() {
        FeatureSet hours =
                FeatureSet.of(List.of(Features.count("views_24h", Duration.ofHours(24), "view")));
        roll(hours, NO_VOTES, view(START + 10 * HOUR), view(START + 2 * HOUR));

        assertThat(journal.updates.get(1).time()).isEqualTo(START + 10 * HOUR);
        assertThat(journal.updates.get(1).values()).containsExactly(2);
        timer(START + 27 * HOUR);
        assertThat(journal.updates.get(2).time())
                .isEqualTo(START + 26 * HOUR + Math.floorMod(HASH, HOUR));
        assertThat(journal.updates.get(2).values()).containsExactly(1);
    }

    @Test
    void onEvent_sameIdWithinDedup_countsOnce() {
        long dedup = HOUR;
        roll(
                VIEWS,
                NO_VOTES,
                event(START, 0, 7, START),
                event(START + dedup, 0, 7, START),
                event(START + dedup + 1, 0, 7, START));

        assertThat(journal.lines)
                .filteredOn(line -> line.equals("counted") || line.equals("duplicate"))
                .containsExactly("counted", "duplicate", "counted");
    }

    @Test
    void onEvent_moreIdsThanRoom_overflowHoldsTheRestAndIsLeftBehind() {
        RollOptions tight = options(Duration.ofDays(200), NEVER, 2, 600);
        roll(VIEWS, tight);
        for (int round = 0; round < 2; round++) {
            for (int id = 0; id < 10; id++) {
                onEvent(event(START + id, 0, id, START));
            }
        }
        assertThat(journal.counted).isEqualTo(10);
        assertThat(journal.duplicates).isEqualTo(10);
        assertThat(ids.times).hasSize(8);

        int asked = ids.asked;
        onEvent(event(START + 2 * HOUR, 0, 3, START));
        assertThat(journal.counted).isEqualTo(11);
        assertThat(ids.times).isEmpty();
        assertThat(ids.asked).isEqualTo(asked);
    }

    @Test
    void onEvent_roomAgainWhileOverflowLives_stillKnowsItsIds() {
        RollOptions tight = options(Duration.ofDays(200), NEVER, 1, 600);
        roll(VIEWS, tight, event(START, 0, 1, START), event(START + HOUR / 2, 0, 2, START));
        onEvent(event(START + HOUR + 1, 0, 2, START));

        assertThat(journal.counted).isEqualTo(2);
        assertThat(journal.duplicates).isEqualTo(1);
    }

    @Test
    void onEvent_overQuota_reportedOncePerMinuteAndFlaggedForADay() {
        RollOptions threeAMinute = options(Duration.ofDays(200), Duration.ofHours(1), 64, 3);
        roll(VIEWS, threeAMinute);
        for (int i = 0; i < 5; i++) {
            onEvent(view(START + i));
        }
        assertThat(journal.refused).isEqualTo(2);
        assertThat(journal.lines).noneMatch(line -> line.startsWith("over quota"));
        assertThat(roller.nextMoment(state)).isEqualTo(START + MINUTE);

        timer(START + 2 * DAY);
        assertThat(journal.lines).contains("over quota ada " + START + " 2");
        assertThat(journal.reported).isEqualTo(2);
        assertThat(journal.updates)
                .allSatisfy(
                        update ->
                                assertThat(update.flagged())
                                        .isEqualTo(
                                                update.time() > START + 2
                                                        && update.time() < START + DAY));
        assertThat(journal.votes).hasSize(24);
        assertThat(journal.votes.get(0).time()).isGreaterThan(START + DAY);
        assertThat(journal.updates.get(0).flagged()).isFalse();
    }

    @Test
    void onEvent_olderMinute_isWithinQuota() {
        roll(VIEWS, options(Duration.ofDays(200), NEVER, 64, 1), view(START + 5 * MINUTE));
        for (int i = 0; i < 4; i++) {
            onEvent(view(START + i));
        }

        assertThat(journal.counted).isEqualTo(5);
    }

    @Test
    void reportPending_minuteNotOver_reportsAtOnceAndOnlyOnce() {
        roll(VIEWS, options(Duration.ofDays(200), NEVER, 64, 1), view(START), view(START + 1));
        roller.reportPending(state, USER, journal);
        timer(START + HOUR);

        assertThat(journal.reported).isEqualTo(1);
    }

    @Test
    void sessions_gapsAndLength_countAsStated() {
        FeatureSet set =
                FeatureSet.of(List.of(Features.sessions("sessions_30d", Duration.ofDays(30))));
        long gap = 30 * MINUTE;
        roll(set, NO_VOTES, view(START), view(START + gap));
        assertThat(latestValue()).isEqualTo(1);
        onEvent(view(START + 2 * gap + 1));
        assertThat(latestValue()).isEqualTo(2);
        onEvent(view(START + gap / 2));
        assertThat(latestValue()).isEqualTo(2);
        long long0 = START + DAY;
        for (long t = long0; t < long0 + 24 * HOUR; t += gap) {
            onEvent(view(t));
        }
        assertThat(latestValue()).isEqualTo(3);
        onEvent(view(long0 + 24 * HOUR));
        assertThat(latestValue()).isEqualTo(4);
    }

    @Test
    void ratio_noDenominator_isZero() {
        FeatureSet set =
                FeatureSet.of(
                        List.of(
                                Features.count("views_1h", Duration.ofHours(1), "view"),
                                Features.count("views_24h", Duration.ofHours(24), "view"),
                                Features.ratio("now", "views_1h", "views_24h")));
        roll(set, NO_VOTES, view(START), view(START + 2 * HOUR));
        assertThat(journal.updates.get(journal.updates.size() - 1).values()[2])
                .isCloseTo(0.5, within(0.0));
        timer(START + 3 * DAY);

        assertThat(journal.updates.get(journal.updates.size() - 1).values())
                .containsExactly(0, 0, 0);
    }

    @Test
    void onTimer_exitAfterWasLonger_leavesRightAfterTheClock() {
        roll(VIEWS, options(Duration.ofDays(200), Duration.ofDays(1)), view(START));
        timer(START + 50 * DAY);
        long clock = journal.updates.get(journal.updates.size() - 1).time();
        roller = new FeatureRoller(VIEWS, options(Duration.ofDays(10), Duration.ofDays(1)));
        timer(START + 60 * DAY);

        UserUpdate last = journal.updates.get(journal.updates.size() - 1);
        assertThat(last.kind()).isEqualTo(UserUpdate.Kind.EXPIRY);
        assertThat(last.time()).isEqualTo(clock + 1);
    }

    @Test
    void onEvent_beyondTheYear9999_refused() {
        ClickEvent far = view(FeatureRoller.TIME_LIMIT + 1);
        FeatureRoller any = new FeatureRoller(VIEWS, NO_VOTES);
        UserState user = any.begin(far);

        assertThatThrownBy(() -> any.onEvent(user, far, ids, journal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(USER)
                .hasMessageContaining("" + far.time());
    }

    @Test
    void windowOnlyReported_wakesNobody_andIsRightInTheNextUpdate() {
        FeatureSet set = withReported(Duration.ofHours(1));
        roll(set, NO_VOTES, view(START), view(START + MINUTE));
        assertThat(roller.nextMoment(state)).isGreaterThan(START + 89 * DAY);
        timer(START + 5 * DAY);
        assertThat(journal.updates).hasSize(2);

        onEvent(view(START + 5 * DAY));
        assertThat(journal.updates).hasSize(3);
        assertThat(journal.updates.get(1).values()).containsExactly(2, 2);
        assertThat(journal.updates.get(2).values()).containsExactly(3, 1);
    }

    @Test
    void windowOnlyReported_votesCarryItAsItIsThen() {
        FeatureSet set = withReported(Duration.ofHours(24));
        roll(set, options(Duration.ofDays(90), Duration.ofHours(6)), view(START));
        timer(START + 3 * DAY);

        assertThat(journal.votes).hasSize(12);
        for (Vote vote : journal.votes) {
            long hours = Math.floorDiv(vote.time(), HOUR) - Math.floorDiv(START, HOUR);
            assertThat(vote.values()).containsExactly(1, hours < 24 ? 1 : 0);
        }
    }

    @Test
    void operandOfAClusteredRatio_wakes_thoughItIsOnlyReportedItself() {
        FeatureSet set =
                FeatureSet.of(
                        List.of(
                                Features.reported("views_1h", Duration.ofHours(1), "view"),
                                Features.reported("views_7d", Duration.ofDays(7), "view"),
                                Features.clusteredRatio("now", "views_1h", "views_7d")));
        roll(set, NO_VOTES, view(START));
        long leaves = START + HOUR + Math.floorMod(HASH, HOUR);
        assertThat(roller.nextMoment(state)).isEqualTo(leaves);
        timer(leaves);
        assertThat(journal.updates.get(1).values()).containsExactly(0, 1, 0);
    }

    /** Views of 90 days, and those of a window that is only reported. */
    private static FeatureSet withReported(Duration window) {
        return FeatureSet.of(
                List.of(
                        Features.count("views_90d", Duration.ofDays(90), "view"),
                        Features.reported("views_lately", window, "view")));
    }

    private void roll(FeatureSet features, RollOptions options, ClickEvent... events) {
        roller = new FeatureRoller(features, options);
        for (ClickEvent event : events) {
            onEvent(event);
        }
    }

    private void onEvent(ClickEvent event) {
        if (state == null) {
            state = roller.begin(event);
        }
        roller.onEvent(state, event, ids, journal);
    }

    private void timer(long now) {
        roller.onTimer(state, USER, now, ids, journal);
    }

    private double latestValue() {
        return journal.updates.get(journal.updates.size() - 1).values()[0];
    }

    private ClickEvent view(long time) {
        return event(time, 0, 1000 + nextId++, time);
    }

    private static ClickEvent event(long time, int type, long id, long lifeClock) {
        return new ClickEvent(USER, false, lifeClock, id, time, type, 0, 0, 0);
    }

    private static List<Long> times(List<UserUpdate> updates) {
        return updates.stream().map(UserUpdate::time).toList();
    }

    private static RollOptions options(Duration exitAfter, Duration voteInterval) {
        return options(exitAfter, voteInterval, 64, 600);
    }

    private static RollOptions options(
            Duration exitAfter, Duration voteInterval, int dedupCapacity, int quota) {
        return new RollOptions(
                Duration.ofHours(1),
                dedupCapacity,
                Duration.ofMinutes(30),
                exitAfter,
                voteInterval,
                quota,
                256,
                Duration.ofHours(24));
    }
}
