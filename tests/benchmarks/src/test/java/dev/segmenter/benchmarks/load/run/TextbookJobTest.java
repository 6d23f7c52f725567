// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.benchmarks.load.LoadFeatures;
import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureKind;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/**
 * The peer on sliding windows and the job's roller, where their semantics agree: a window that ends at
 * T holds what the roller sees just before T. Sessions are left out of the comparison across midnight
 * (the peer counts them where they end), and so is an empty window, which the peer never evaluates.
 */
class TextbookJobTest {
    private static final long DAY = 86_400_000;
    private static final long START = 20_000 * DAY;
    private static final String[] TYPES = {
        "view", "view", "cart", "favorite", "purchase", "cancel"
    };

    private final FeatureSet features = LoadFeatures.of(16);

    @Test
    void windowValues_atEndsOfWindows_equalTheRollers() throws Exception {
        List<ShopEvent> events = events();

        List<WindowValues> windows = windows(events);

        int compared = 0;
        for (WindowValues window : windows) {
            double[] expected = rolled(events, window.userId, window.time);
            for (int i = 0; i < window.positions.length; i++) {
                FeatureSpec spec = features.features().get(window.positions[i]);
                assertThat(window.values[i])
                        .as("%s of %s at %d", spec.name(), window.userId, window.time)
                        .isEqualTo(expected[window.positions[i]]);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void define_onASample_namesTheNearestCentroidOfTheJoinedWindows() throws Exception {
        List<ShopEvent> events = events();
        double[] model = new double[2 * features.dimension()];
        Arrays.fill(model, features.dimension(), model.length, 1.5);

        StreamExecutionEnvironment env = environment();
        List<String> segments = new ArrayList<>();
        try (CloseableIterator<String> all =
                TextbookJob.define(stream(env, events), features, env.fromData(model))
                        .executeAndCollect()) {
            all.forEachRemaining(segments::add);
        }

        assertThat(segments).isNotEmpty();
        assertThat(segments).allMatch(line -> line.matches("user-\\d+,\\d+,[01]"));
    }

    private List<WindowValues> windows(List<ShopEvent> events) throws Exception {
        StreamExecutionEnvironment env = environment();
        List<WindowValues> windows = new ArrayList<>();
        try (CloseableIterator<WindowValues> all =
                TextbookJob.windows(stream(env, events), features).executeAndCollect()) {
            all.forEachRemaining(windows::add);
        }
        // Windows also end after the last event, up to a quarter later: those of the first weeks
        // will do.
        windows.removeIf(window -> window.time > START + 20 * DAY);
        return windows;
    }

    private static StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        settings.setString("rest.bind-port", "0");
        settings.setString("rest.bind-address", "127.0.0.1");
        return StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    }

    private static DataStream<ShopEvent> stream(
            StreamExecutionEnvironment env, List<ShopEvent> events) {
        return env.fromData(TypeInformation.of(ShopEvent.class), events.toArray(ShopEvent[]::new))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<ShopEvent>forMonotonousTimestamps()
                                .withTimestampAssigner((event, before) -> event.time));
    }

    /** In order; between 9 and 21 h, so that no session crosses midnight; prices are whole. */
    private static List<ShopEvent> events() {
        SplittableRandom random = new SplittableRandom(11);
        List<ShopEvent> events = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            ShopEvent event = new ShopEvent();
            event.userId = "user-" + random.nextInt(6);
            event.type = TYPES[random.nextInt(TYPES.length)];
            event.item = 1 + random.nextInt(40);
            event.price = event.type.equals("purchase") ? random.nextInt(100) : 0;
            event.time = START + i / 60 * 2L * DAY + DAY * 9 / 24 + random.nextLong(DAY / 2);
            events.add(event);
        }
        events.sort((a, b) -> Long.compare(a.time, b.time));
        return events;
    }

    /** What the job's roller has for a user at this time, ms. */
    private double[] rolled(List<ShopEvent> events, String userId, long time) {
        FeatureRoller roller = new FeatureRoller(features, RollOptions.defaults());
        Latest latest = new Latest();
        UserState state = null;
        for (int i = 0; i < events.size(); i++) {
            ShopEvent event = events.get(i);
            if (event.userId.equals(userId) && event.time <= time) {
                ClickEvent click = click(event, i);
                state = state == null ? roller.begin(click) : state;
                roller.onEvent(state, click, NO_OVERFLOW, latest);
            }
        }
        // An event of another type makes the roller evaluate at this very time.
        roller.onEvent(
                state,
                new ClickEvent(userId, false, time, -1, time, -1, 0, 0, 0),
                NO_OVERFLOW,
                latest);
        double[] values = latest.values.clone();
        undo(values);
        return values;
    }

    /** The event that asks counts among all events, and may begin a session. */
    private void undo(double[] values) {
        values[features.indexOf("events_30d")]--;
        for (int i = 0; i < values.length; i++) {
            if (features.features().get(i).kind() == FeatureKind.SESSIONS) {
                values[i]--;
            }
        }
    }

    private ClickEvent click(ShopEvent event, int id) {
        return new ClickEvent(
                event.userId,
                false,
                event.time,
                Hashes.of(id, 1),
                event.time,
                features.typeIndex(event.type),
                event.item,
                0,
                event.price);
    }

    private static final OverflowIds NO_OVERFLOW =
            new OverflowIds() {
                private final Map<Long, Long> times = new HashMap<>();

                @Override
                public boolean addIfAbsent(long eventIdHash, long eventTime) {
                    return times.putIfAbsent(eventIdHash, eventTime) == null;
                }

                @Override
                public void dropBefore(long eventTime) {
                    times.clear();
                }
            };

    private static final class Latest implements RollOutput {
        private double[] values;

        @Override
        public void update(UserUpdate update) {
            values = update.values();
        }

        @Override
        public void vote(Vote vote) {}

        @Override
        public void duplicate() {}

        @Override
        public void counted() {}

        @Override
        public void overQuota(String userId, long minuteStart, long count) {}
    }
}
