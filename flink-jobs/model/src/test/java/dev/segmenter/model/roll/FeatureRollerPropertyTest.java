// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.Streams.Step;
import dev.segmenter.model.roll.Streams.Stream;
import dev.segmenter.oracle.SlowRoller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The roller against a reference that recomputes everything from the raw events. */
@Domain(Streams.class)
class FeatureRollerPropertyTest {
    private static final FeatureSet FEATURES = Features.everyKind();
    private static final FeatureSet MOSTLY_REPORTED = Features.mostlyReported();
    private static final RollOptions OPTIONS = options(Duration.ofDays(100), 64);

    @Property(tries = 300)
    void roll_anyHistory_equalsRecomputation(@ForAll Stream stream) {
        assertThat(rolled(stream, OPTIONS, false).lines).isEqualTo(recomputed(stream, OPTIONS));
    }

    @Property(tries = 300)
    void roll_mostOnlyReported_equalsRecomputation(@ForAll Stream stream) {
        assertThat(rolled(MOSTLY_REPORTED, stream, OPTIONS, true).lines)
                .isEqualTo(recomputed(MOSTLY_REPORTED, stream, OPTIONS));
    }

    @Property(tries = 200)
    void roll_exitBeforeWindowsEnd_equalsRecomputation(@ForAll Stream stream) {
        RollOptions brief = options(Duration.ofDays(3), 64);

        assertThat(rolled(stream, brief, false).lines).isEqualTo(recomputed(stream, brief));
    }

    @Property(tries = 200)
    void roll_stateStoredAtRandomPoints_sameJournal(@ForAll Stream stream) {
        assertThat(rolled(stream, OPTIONS, true).lines)
                .isEqualTo(rolled(stream, OPTIONS, false).lines);
    }

    @Property(tries = 200)
    void roll_timersUpToWatermark_sameAsCatchUp(@ForAll Stream stream) {
        Journal byTimers = new Journal();
        Harness timers = new Harness(FEATURES, stream.userId(), OPTIONS, byTimers);
        Journal byEvents = new Journal();
        Harness catchUp = new Harness(FEATURES, stream.userId(), OPTIONS, byEvents);
        List<ClickEvent> events = stream.events();
        for (int i = 0; i < events.size(); i++) {
            long watermark =
                    events.subList(i, events.size()).stream()
                            .mapToLong(ClickEvent::time)
                            .min()
                            .getAsLong();
            timers.fireTimers(watermark);
            timers.onEvent(events.get(i));
            catchUp.onEvent(events.get(i));
        }
        long end = events.get(events.size() - 1).lifeClock() + Duration.ofDays(200).toMillis();
        timers.fireTimers(end);
        catchUp.onTimer(end);

        assertThat(byTimers.lines).isEqualTo(byEvents.lines);
    }

    @Property(tries = 200)
    void roll_anyHistory_accountsForEachEventOnce(@ForAll Stream stream) {
        Journal journal = rolled(stream, OPTIONS, false);

        assertThat(journal.counted + journal.duplicates + journal.refused)
                .isEqualTo(stream.steps().size());
        assertThat(journal.reported).isEqualTo(journal.refused);
    }

    @Property(tries = 200)
    void roll_idsOverflow_sameAsWithRoomForAll(@ForAll Stream stream) {
        assertThat(rolled(withinAnHour(stream), options(Duration.ofDays(100), 1), true).lines)
                .isEqualTo(rolled(withinAnHour(stream), OPTIONS, false).lines);
    }

    /** Times folded into less than dedup, where the lazy sweep of the overflow makes no difference. */
    private static Stream withinAnHour(Stream stream) {
        long hour = Duration.ofHours(1).toMillis();
        List<Step> steps =
                stream.steps().stream()
                        .map(s -> new Step(at(s.event(), s.event().time() % hour), 0, s.stored()))
                        .toList();
        return new Stream(stream.userId(), steps);
    }

    private static ClickEvent at(ClickEvent e, long time) {
        return new ClickEvent(
                e.userId(),
                false,
                time,
                e.eventIdHash(),
                time,
                e.eventType(),
                e.item(),
                e.category(),
                e.price());
    }

    private static RollOptions options(Duration exitAfter, int dedupCapacity) {
        return new RollOptions(
                Duration.ofHours(1),
                dedupCapacity,
                Duration.ofMinutes(30),
                exitAfter,
                Duration.ofDays(1),
                3,
                16,
                Duration.ofHours(2));
    }

    private static long end(Stream stream) {
        return stream.steps().stream().mapToLong(Step::timerAfter).max().getAsLong()
                + Duration.ofDays(200).toMillis();
    }

    private static List<String> recomputed(Stream stream, RollOptions options) {
        return recomputed(FEATURES, stream, options);
    }

    private static List<String> recomputed(
            FeatureSet features, Stream stream, RollOptions options) {
        Journal journal = new Journal();
        SlowRoller slow = new SlowRoller(features, options, stream.userId(), journal);
        for (Step step : stream.steps()) {
            slow.onEvent(step.event());
            slow.onTimer(step.timerAfter());
        }
        slow.onTimer(end(stream));
        return journal.lines;
    }

    private static Journal rolled(Stream stream, RollOptions options, boolean store) {
        return rolled(FEATURES, stream, options, store);
    }

    private static Journal rolled(
            FeatureSet features, Stream stream, RollOptions options, boolean store) {
        Journal journal = new Journal();
        Harness harness = new Harness(features, stream.userId(), options, journal);
        for (Step step : stream.steps()) {
            harness.onEvent(step.event());
            harness.onTimer(step.timerAfter());
            if (store && step.stored()) {
                harness.storeAndLoad();
            }
        }
        harness.onTimer(end(stream));
        return journal;
    }

    /** Does with a state what the operator does. */
    private static final class Harness {
        private final FeatureRoller roller;
        private final UserStateCodec codec;
        private final OverflowIds ids = new HeldIds();
        private final String userId;
        private final Journal journal;
        private UserState state;

        Harness(FeatureSet features, String userId, RollOptions options, Journal journal) {
            this.roller = new FeatureRoller(features, options);
            this.codec = new UserStateCodec(features);
            this.userId = userId;
            this.journal = journal;
        }

        void onEvent(ClickEvent event) {
            if (state == null) {
                state = roller.begin(event);
            }
            roller.onEvent(state, event, ids, journal);
            assertThat(roller.nextMoment(state)).isGreaterThan(event.time());
        }

        void onTimer(long now) {
            if (state != null) {
                roller.onTimer(state, userId, now, ids, journal);
                clearIfGone();
            }
        }

        /** Fires each timer at its own moment, none later than the watermark. */
        void fireTimers(long watermark) {
            while (state != null && roller.nextMoment(state) <= watermark) {
                onTimer(roller.nextMoment(state));
            }
        }

        void storeAndLoad() {
            if (state == null) {
                return;
            }
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                codec.write(state, new DataOutputStream(bytes));
                long next = roller.nextMoment(state);
                byte[] stored = bytes.toByteArray();
                state = codec.read(new DataInputStream(new ByteArrayInputStream(stored)));
                assertThat(roller.nextMoment(state)).isEqualTo(next);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void clearIfGone() {
            if (roller.isGone(state)) {
                assertThat(roller.nextMoment(state)).isEqualTo(Long.MAX_VALUE);
                state = null;
            }
        }
    }
}
