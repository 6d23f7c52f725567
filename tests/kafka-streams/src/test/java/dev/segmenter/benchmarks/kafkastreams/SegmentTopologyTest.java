// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.kafkastreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segmenter.model.Hashes;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer and the job's roller, event by event: same features, same nearest centroid. */
class SegmentTopologyTest {
    private static final long DAY = 86_400_000;
    private static final long START = 20_000 * DAY;
    private static final String[] TYPES = {
        "view", "view", "cart", "favorite", "purchase", "cancel", "search"
    };

    private final FeatureSet features = DefaultFeatures.shop();
    private final Plan plan =
            new Plan(Plan.parse(lines(features)), centroids(features.dimension()));

    @Test
    void values_afterEveryEvent_equalTheRollers() {
        Map<String, UserPanes> peers = new HashMap<>();
        Map<String, Rolled> ours = new HashMap<>();
        for (Event event : events()) {
            String userId = event.getUserId();
            UserPanes peer = UserPanes.of(bytesOf(peers.get(userId)));
            long time = event.getEventTime().toEpochMilli();
            double price = event.getPrice() == null ? 0 : event.getPrice();
            peer.add(time, event.getEventType(), event.getItemId().hashCode(), price);
            peers.put(userId, peer);

            double[] expected =
                    ours.computeIfAbsent(userId, id -> new Rolled(features)).take(event);

            double[] values = peer.values(plan, time);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i])
                        .as("%s of %s", features.features().get(i).name(), userId)
                        .isCloseTo(expected[i], within(1e-9 * Math.max(1, expected[i])));
            }
        }
    }

    @Test
    void segments_ofTheTopology_areTheNearestCentroidsOfTheRollersVectors(@TempDir Path folder) {
        SingleObjectCodec<Event> codec = SingleObjectCodec.of(Event.class);
        Map<String, Rolled> ours = new HashMap<>();
        Map<String, Integer> nearest = new HashMap<>();
        List<String> expected = new ArrayList<>();
        List<String> actual;
        Properties config = new Properties();
        config.put("application.id", "test");
        config.put("bootstrap.servers", "unused:1");
        config.put("state.dir", folder.toString());
        try (TopologyTestDriver driver =
                new TopologyTestDriver(
                        SegmentTopology.of("in", "out", plan, new LongAdder()), config)) {
            TestInputTopic<byte[], byte[]> in =
                    driver.createInputTopic(
                            "in", new ByteArraySerializer(), new ByteArraySerializer());
            for (Event event : events()) {
                String userId = event.getUserId();
                // No stream time: nobody is evaluated but who acts.
                in.pipeInput(
                        userId.getBytes(StandardCharsets.UTF_8),
                        codec.encode(event),
                        Instant.ofEpochMilli(START));
                int segment =
                        nearest(
                                ours.computeIfAbsent(userId, id -> new Rolled(features))
                                        .take(event));
                Integer before = nearest.put(userId, segment);
                if (before == null || before != segment) {
                    expected.add(
                            userId + "," + event.getEventTime().toEpochMilli() + "," + segment);
                }
            }
            actual =
                    driver.createOutputTopic(
                                    "out", new ByteArrayDeserializer(), new StringDeserializer())
                            .readValuesToList();
        }

        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(20);
    }

    private int nearest(double[] values) {
        double[] vector = new double[features.dimension()];
        features.toVector(values, vector);
        int nearest = 0;
        for (int j = 1; j < plan.centroids().size(); j++) {
            if (squared(vector, plan.centroids().get(j))
                    < squared(vector, plan.centroids().get(nearest))) {
                nearest = j;
            }
        }
        return nearest;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static byte[] bytesOf(UserPanes user) {
        return user == null ? null : user.toBytes();
    }

    private static List<double[]> centroids(int d) {
        SplittableRandom random = new SplittableRandom(3);
        return List.of(
                random.doubles(d, 0, 4).toArray(),
                random.doubles(d, 0, 4).toArray(),
                random.doubles(d, 0, 4).toArray(),
                random.doubles(d, 0, 4).toArray());
    }

    private static List<String> lines(FeatureSet features) {
        return features.features().stream().map(SegmentTopologyTest::line).toList();
    }

    private static String line(FeatureSpec spec) {
        return String.join(
                ",",
                spec.name(),
                spec.kind().name(),
                spec.field() == null ? "" : spec.field().name(),
                String.join(" ", spec.types()),
                spec.window() == null ? "" : Long.toString(spec.window().toHours()),
                spec.numerator() == null ? "" : spec.numerator(),
                spec.denominator() == null ? "" : spec.denominator(),
                Boolean.toString(spec.clustered()));
    }

    /** A few users over half a year, in order, with silences of days. */
    private static List<Event> events() {
        SplittableRandom random = new SplittableRandom(9);
        long[] times = random.longs(1_500, START, START + 170 * DAY).sorted().toArray();
        return Arrays.stream(times).mapToObj(time -> event(random, time)).toList();
    }

    private static Event event(SplittableRandom random, long time) {
        String type = TYPES[random.nextInt(TYPES.length)];
        return Event.newBuilder()
                .setEventId(Long.toHexString(random.nextLong()))
                .setUserId("user-" + random.nextInt(8))
                .setEventTime(Instant.ofEpochMilli(time))
                .setEventType(type)
                .setItemId("item-" + random.nextInt(60))
                .setPrice(type.equals("purchase") ? random.nextInt(1_000) / 8.0 : null)
                .build();
    }

    /** One user of the job's roller. */
    private static final class Rolled implements RollOutput, OverflowIds {
        private final FeatureSet features;
        private final FeatureRoller roller;
        private UserState state;

        Rolled(FeatureSet features) {
            this.features = features;
            this.roller = new FeatureRoller(features, RollOptions.defaults());
        }

        double[] take(Event event) {
            ClickEvent click =
                    new ClickEvent(
                            event.getUserId(),
                            false,
                            event.getEventTime().toEpochMilli(),
                            Hashes.of(event.getEventId()),
                            event.getEventTime().toEpochMilli(),
                            features.typeIndex(event.getEventType()),
                            event.getItemId().hashCode(),
                            0,
                            event.getPrice() == null ? 0 : event.getPrice());
            if (state == null) {
                state = roller.begin(click);
            }
            roller.onEvent(state, click, this, this);
            // An event that changes reported values alone makes no update.
            return roller.at(state, event.getUserId(), click.time(), this, this)
                    .orElseThrow()
                    .values();
        }

        @Override
        public void update(UserUpdate update) {}

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
    }
}
