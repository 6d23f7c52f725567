// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.EventField;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class RollFeaturesTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final FeatureSet SHOP = DefaultFeatures.shop();
    private static final RollOptions DEFAULTS = RollOptions.defaults();
    private static final RecursiveComparisonConfiguration BIT_FOR_BIT =
            RecursiveComparisonConfiguration.builder()
                    .withComparatorForType(Double::compare, Double.class)
                    .build();

    @Test
    void randomStream_everyUserWithStateHasExactlyOneTimer() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, DEFAULTS, null).open()) {
            for (ClickEvent event : randomStream(1, 500)) {
                roll.process(event);
                assertThat(roll.timers()).isEqualTo(roll.stateEntries()).isLessThanOrEqualTo(5);
                roll.watermark(event.lifeClock() - 5 * MINUTE);
                assertThat(roll.timers()).isEqualTo(roll.stateEntries()).isLessThanOrEqualTo(5);
            }
            assertThat(roll.updates())
                    .extracting(UserUpdate::kind)
                    .contains(
                            UserUpdate.Kind.VECTOR,
                            UserUpdate.Kind.EXPIRY,
                            UserUpdate.Kind.ERASURE);
        }
    }

    @Test
    void heldEvents_comeBeforeWhateverIsBehindThem() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, DEFAULTS, null).open()) {
            roll.process(view("ada", START, 1));
            assertThat(roll.drainEmitted()).isEmpty();
            roll.watermark(START + 1);
            assertThat(roll.output())
                    .hasExactlyElementsOfTypes(StreamRecord.class, Watermark.class);
            roll.drainEmitted();

            roll.process(view("ada", START + 2, 2));
            roll.status(WatermarkStatus.IDLE);
            assertThat(roll.output())
                    .hasExactlyElementsOfTypes(StreamRecord.class, WatermarkStatus.class);
            roll.drainEmitted();

            roll.process(view("ada", START + 3, 3));
            roll.prepareSnapshot();
            assertThat(roll.drainEmitted()).hasSize(1);

            roll.process(view("ada", START + 4, 4));
            roll.finish();
            assertThat(roll.drainEmitted()).hasSize(1);
        }
    }

    @Test
    void exit_leavesNoStateAndNoTimer() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, overflowing(), null).open()) {
            for (int id = 0; id < 20; id++) {
                roll.process(view("ada", START + id, id));
            }
            assertThat(roll.stateEntries()).as("value and overflowing event ids").isEqualTo(2);

            roll.watermark(START + 91 * DAY);

            assertThat(last(roll.updates()).kind()).isEqualTo(UserUpdate.Kind.EXPIRY);
            assertThat(last(roll.updates()).time()).isEqualTo(START + 19 + 90 * DAY);
            assertThat(roll.stateEntries()).isZero();
            assertThat(roll.timers()).isZero();
        }
    }

    @Test
    void erasure_removesStateAndTimerAndTellsAssignAndTrainer() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, overflowing(), null).open()) {
            for (int id = 0; id < 20; id++) {
                roll.process(view("ada", START + id, id));
            }

            roll.process(ClickEvent.erasure("ada", START + HOUR));

            UserUpdate update = last(roll.updates());
            assertThat(update.kind()).isEqualTo(UserUpdate.Kind.ERASURE);
            assertThat(update.incarnation()).isEqualTo(START);
            assertThat(last(roll.votes()))
                    .usingRecursiveComparison()
                    .isEqualTo(Vote.erasure(Hashes.of("ada"), START + HOUR));
            assertThat(roll.stateEntries()).isZero();
            assertThat(roll.timers()).isZero();
        }
    }

    @Test
    void erasure_carriesThePartitionsClock_soThatGuardsUpToItComeFirst() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, DEFAULTS, null).open()) {
            roll.process(view("ada", START, 1));
            roll.process(ClickEvent.erasure("ada", START + HOUR));

            assertThat(last(roll.updates()).time()).isEqualTo(START + HOUR);
        }
    }

    @Test
    void erasureOfAnUnknownUser_isPassedOn() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, DEFAULTS, null).open()) {
            roll.process(ClickEvent.erasure("ada", START));

            assertThat(roll.updates())
                    .singleElement()
                    .satisfies(
                            update -> {
                                assertThat(update.kind()).isEqualTo(UserUpdate.Kind.ERASURE);
                                assertThat(update.userId()).isEqualTo("ada");
                                assertThat(update.time()).isEqualTo(START);
                            });
            assertThat(roll.votes()).singleElement().matches(Vote::erasure);
            assertThat(roll.stateEntries()).isZero();
            assertThat(roll.timers()).isZero();
        }
    }

    @Test
    void erasure_momentsUpToThePartitionsClockComeFirst() throws Exception {
        long end = START + 3 * DAY;
        try (RollHarness late = new RollHarness(SHOP, DEFAULTS, null).open();
                RollHarness prompt = new RollHarness(SHOP, DEFAULTS, null).open()) {
            prompt.process(view("ada", START, 1));
            prompt.watermark(end);
            prompt.process(ClickEvent.erasure("ada", end));

            late.process(view("ada", START, 1));
            late.process(ClickEvent.erasure("ada", end));

            assertThat(late.votes()).hasSize(4);
            assertThat(late.votes())
                    .usingRecursiveFieldByFieldElementComparator(BIT_FOR_BIT)
                    .isEqualTo(prompt.votes());
            assertThat(late.updates())
                    .usingRecursiveFieldByFieldElementComparator(BIT_FOR_BIT)
                    .isEqualTo(prompt.updates());
        }
    }

    @Test
    void countedDuplicateAndOverQuota_addUpToTheEvents() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, quota(5), null).open()) {
            for (int i = 0; i < 8; i++) {
                roll.process(view("ada", START + i, i % 3));
            }
            roll.process(view("bob", START, 0));

            assertThat(roll.metrics().count(MetricNames.EVENTS_COUNTED)).isEqualTo(3 + 1);
            assertThat(roll.metrics().count(MetricNames.DUPLICATES)).isEqualTo(2);
            assertThat(roll.metrics().count(MetricNames.OVER_QUOTA)).isEqualTo(3);
        }
    }

    @Test
    void overQuota_isOneDeadLetterAMinute() throws Exception {
        try (RollHarness roll = new RollHarness(SHOP, quota(3), null).open()) {
            process(roll, START, 10);
            process(roll, START + MINUTE, 8);
            roll.watermark(START + 2 * MINUTE);
            roll.watermark(START + 3 * MINUTE);

            assertThat(roll.letters()).extracting(DeadLetter::getCount).containsExactly(7L, 5L);
            assertThat(roll.letters())
                    .extracting(letter -> letter.getEventTime().toEpochMilli())
                    .containsExactly(START, START + MINUTE);
            assertThat(roll.letters())
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.getErrorClass()).isEqualTo(ErrorClass.OVER_QUOTA);
                                assertThat(letter.getUserId()).isEqualTo("ada");
                            });
        }
    }

    @Test
    void overQuotaAtTheEndOfAReplay_isReportedOnce() throws Exception {
        long end = START + 30_000;
        // RocksDB, where only what is written back is kept.
        try (RollHarness roll =
                new RollHarness(SHOP, quota(3), end)
                        .with(new EmbeddedRocksDBStateBackend())
                        .open()) {
            process(roll, START, 10);
            roll.process(view("bob", START, 0));
            roll.watermark(end);
            assertThat(roll.letters()).as("the minute is not over").isEmpty();

            roll.finish();
            roll.finish();

            assertThat(roll.letters()).extracting(DeadLetter::getCount).containsExactly(7L);
            assertThat(roll.letters()).extracting(DeadLetter::getUserId).containsExactly("ada");
        }
    }

    @Test
    void overQuotaWhenALiveJobIsDrained_staysPendingInTheState() throws Exception {
        OperatorSubtaskState state;
        try (RollHarness roll = new RollHarness(SHOP, quota(3), null).open()) {
            process(roll, START, 10);
            roll.finish();
            assertThat(roll.letters()).isEmpty();
            state = roll.snapshot();
        }
        try (RollHarness roll = new RollHarness(SHOP, quota(3), null).openFrom(state)) {
            roll.watermark(START + MINUTE);
            assertThat(roll.letters()).extracting(DeadLetter::getCount).containsExactly(7L);
        }
    }

    @Test
    void restoredState_goesOnAsIfNeverInterrupted() throws Exception {
        List<ClickEvent> events = randomStream(7, 400);
        Run whole = new Run();
        try (RollHarness roll = onRocksDb(SHOP, overflowing()).open()) {
            play(roll, events);
            whole.collect(roll);
        }

        Run pieces = new Run();
        OperatorSubtaskState state = null;
        for (int from = 0; from < events.size(); from += 50) {
            try (RollHarness roll = onRocksDb(SHOP, overflowing())) {
                RollHarness opened = state == null ? roll.open() : roll.openFrom(state);
                play(opened, events.subList(from, from + 50));
                state = opened.snapshot();
                pieces.collect(opened);
            }
        }

        assertThat(whole.votes).hasSizeGreaterThan(100);
        // Each user's own, in order: where its timer is kept decides when in a watermark's turn it
        // is fired.
        assertThat(userByUser(pieces.updates, UserUpdate::userId))
                .usingRecursiveFieldByFieldElementComparator(BIT_FOR_BIT)
                .isEqualTo(userByUser(whole.updates, UserUpdate::userId));
        assertThat(userByUser(pieces.votes, Vote::userHash))
                .usingRecursiveFieldByFieldElementComparator(BIT_FOR_BIT)
                .isEqualTo(userByUser(whole.votes, Vote::userHash));
    }

    private static <T, U extends Comparable<U>> List<T> userByUser(
            List<T> records, Function<T, U> user) {
        return records.stream().sorted(Comparator.comparing(user)).toList();
    }

    @Test
    void restoredWithOtherFeatures_keepsTheCountsOfThoseThatStay() throws Exception {
        FeatureSet before = FeatureSet.of(List.of(views(), count("buys", "purchase")));
        FeatureSet after = FeatureSet.of(List.of(items(), views()));
        OperatorSubtaskState state;
        try (RollHarness roll = onRocksDb(before, DEFAULTS).open()) {
            for (int id = 0; id < 3; id++) {
                roll.process(event(before, "ada", START + id, id, "view"));
            }
            roll.process(event(before, "ada", START + 3, 3, "purchase"));
            assertThat(last(roll.updates()).values()).containsExactly(3, 1);
            state = roll.snapshot();
        }

        try (RollHarness roll = onRocksDb(after, DEFAULTS).openFrom(state)) {
            roll.process(event(after, "ada", START + HOUR, 4, "view"));

            assertThat(last(roll.updates()).values()).containsExactly(1, 4);
            assertThat(last(roll.updates()).fingerprint()).isEqualTo(after.fingerprint());
            assertThat(last(roll.updates()).incarnation()).isEqualTo(START);
            assertThat(roll.timers()).isEqualTo(1);
        }
    }

    /** What came out of one or more runs. */
    private static final class Run {
        private final List<UserUpdate> updates = new ArrayList<>();
        private final List<Vote> votes = new ArrayList<>();

        void collect(RollHarness roll) throws Exception {
            updates.addAll(roll.updates());
            votes.addAll(roll.votes());
        }
    }

    private static void play(RollHarness roll, List<ClickEvent> events) throws Exception {
        for (ClickEvent event : events) {
            roll.process(event);
            roll.watermark(event.lifeClock() - 5 * MINUTE);
        }
    }

    private static void process(RollHarness roll, long from, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            roll.process(view("ada", from + i, from + i));
        }
    }

    /** Five users; disorder, duplicates, erasures and gaps up to beyond the exit. */
    private static List<ClickEvent> randomStream(long seed, int size) {
        Random random = new Random(seed);
        List<ClickEvent> events = new ArrayList<>();
        long now = START;
        while (events.size() < size) {
            boolean pause = random.nextInt(25) == 0;
            now += pause ? random.nextLong(60 * DAY) : random.nextLong(40 * MINUTE);
            String user = "user-" + random.nextInt(5);
            if (random.nextInt(40) == 0) {
                events.add(ClickEvent.erasure(user, now));
                now++;
            } else {
                long time = now - random.nextLong(5 * MINUTE);
                events.add(
                        new ClickEvent(
                                user,
                                false,
                                now,
                                random.nextInt(size),
                                time,
                                random.nextInt(SHOP.eventTypes().size()),
                                random.nextInt(30),
                                0,
                                random.nextInt(10)));
            }
        }
        return events;
    }

    private static ClickEvent view(String user, long time, long id) {
        return event(SHOP, user, time, id, "view");
    }

    private static ClickEvent event(
            FeatureSet features, String user, long time, long id, String type) {
        return new ClickEvent(user, false, time, id, time, features.typeIndex(type), 7, 0, 0);
    }

    private static RollHarness onRocksDb(FeatureSet features, RollOptions options)
            throws Exception {
        return new RollHarness(features, options, null).with(new EmbeddedRocksDBStateBackend());
    }

    /** Almost every event id goes to the map. */
    private static RollOptions overflowing() {
        return options(1, 600);
    }

    private static RollOptions quota(int perMinute) {
        return options(64, perMinute);
    }

    private static RollOptions options(int dedupCapacity, int quotaPerMinute) {
        return new RollOptions(
                DEFAULTS.dedup(),
                dedupCapacity,
                DEFAULTS.sessionGap(),
                DEFAULTS.exitAfter(),
                DEFAULTS.voteInterval(),
                quotaPerMinute,
                DEFAULTS.distinctCapacity(),
                DEFAULTS.maxSession());
    }

    private static FeatureSpec views() {
        return count("views", "view");
    }

    private static FeatureSpec count(String name, String type) {
        return week(name, FeatureKind.COUNT, null, Set.of(type));
    }

    private static FeatureSpec items() {
        return week("items", FeatureKind.DISTINCT, EventField.ITEM, Set.of());
    }

    private static FeatureSpec week(
            String name, FeatureKind kind, EventField field, Set<String> types) {
        return new FeatureSpec(
                name,
                kind,
                types,
                field,
                Duration.ofDays(7),
                null,
                null,
                Transform.NONE,
                true,
                null,
                null);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
