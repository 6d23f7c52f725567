// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.job.kafka.EventReducer;
import dev.segmenter.job.kafka.EventRules;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.train.Trainer;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.SegmentChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices from the least to the greatest that are let in: no NaN and no infinity comes of them. */
class AbsurdAmountsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();
    private static final int USERS = 500;
    private static final int DAYS = 6;
    private static final double[] PRICES = {
        0, Double.MIN_VALUE, 1e-300, 1e-9, 0.01, 1, 20, 1e6, 1e12, 1.001e12, 1e300, Double.MAX_VALUE
    };
    private static final String YAML =
            """
            model: {k: 2}
            features:
              - {name: spend, kind: sum, of: price, types: [purchase], window: 2d, transform: none}
              - {name: spend_log, kind: sum, of: price, types: [purchase], window: 2d}
              - {name: refunds, kind: sum, of: price, types: [cancel], window: 2d, cluster: false}
              - {name: kept, kind: ratio, numerator: spend, denominator: refunds, transform: none}
              - {name: back, kind: ratio, numerator: refunds, denominator: spend}
              - {name: buys, kind: count, types: [purchase], window: 2d}
            """;

    @TempDir Path folder;
    private int votes;
    private int snapshots;
    private int memberships;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyAdmittedPrice_leavesVotesCentroidsAndMembershipsFinite(long seed) throws Exception {
        SegmenterConfig config =
                SegmenterConfig.load(
                        Files.writeString(folder.resolve("segmenter.yaml"), YAML),
                        Map.of("kafka.bootstrap-servers", "localhost:9092"));
        Trainer trainer = new Trainer(config.features(), config.trainer());
        EventReducer reducer = new EventReducer(EventRules.replay(), config.features());
        AssignTiming timing = new AssignTiming(false, config.disorder().toMillis(), DAY, null);
        try (Chain chain =
                new Chain(
                                new RollHarness(config.features(), config.roll(), null),
                                AssignHarness.of(config, timing),
                                AbsurdAmountsTest::check,
                                vote -> check(vote, trainer))
                        .open()) {
            Random random = new Random(seed);
            long step = DAYS * DAY / (USERS * 10L);
            for (long now = START; now < START + DAYS * DAY; now += step) {
                offer(event(random, now), reducer, chain);
                chain.users(now);
                for (CentroidSnapshot snapshot : trainer.advanceTo(now)) {
                    check(snapshot);
                    chain.assign.model(snapshot);
                }
                chain.assign.drainOutputs().forEach(this::check);
            }
        }
        assertThat(trainer.refusedVotes()).isZero();
        assertThat(votes).isGreaterThan(USERS);
        assertThat(snapshots).isGreaterThan(2);
        assertThat(memberships).isGreaterThan(USERS / 2);
    }

    /** Most buy for ordinary amounts; a few do not. */
    private static Event event(Random random, long time) {
        boolean absurd = random.nextInt(10) == 0;
        double price = absurd ? PRICES[random.nextInt(PRICES.length)] : 1 + random.nextInt(50);
        return Event.newBuilder()
                .setEventTime(Instant.ofEpochMilli(time))
                .setEventId(Long.toString(random.nextLong()))
                .setUserId("u" + random.nextInt(USERS))
                .setEventType(random.nextInt(3) == 0 ? "cancel" : "purchase")
                .setPrice(price)
                .build();
    }

    private static void offer(Event event, EventReducer reducer, Chain chain) throws Exception {
        String violation = EventRules.replay().violation(event);
        if (event.getPrice() > 1e12) {
            assertThat(violation).startsWith("price: ").contains("over 1.0E12; check its unit");
        } else {
            assertThat(violation).isNull();
            long time = event.getEventTime().toEpochMilli();
            chain.process(reducer.reduce(event, time));
        }
    }

    private static void check(UserUpdate update) {
        assertFinite(update.values());
    }

    private void check(Vote vote, Trainer trainer) {
        votes++;
        assertFinite(vote.values());
        trainer.onVote(vote);
    }

    private void check(CentroidSnapshot snapshot) {
        snapshots++;
        assertFinite(unboxed(snapshot.getMean()));
        assertFinite(unboxed(snapshot.getSigma()));
        for (Centroid centroid : snapshot.getCentroids()) {
            assertFinite(unboxed(centroid.getVector()));
            assertFinite(unboxed(centroid.getProfile().values()));
            assertFinite(centroid.getWeight(), centroid.getSpread());
        }
    }

    private void check(SegmentOutput output) {
        if (output.membership() != null) {
            memberships++;
            assertFinite(
                    output.membership().getDistanceSquared(), output.membership().getCoverage());
        }
        if (output.change() != null) {
            check(output.change());
        }
    }

    private static void check(SegmentChange change) {
        for (Contribution contribution : change.getContributions()) {
            assertFinite(
                    contribution.getPreviousValue(),
                    contribution.getValue(),
                    contribution.getContribution());
        }
    }

    private static double[] unboxed(Collection<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void assertFinite(double... numbers) {
        assertThat(Arrays.stream(numbers).allMatch(Double::isFinite))
                .as("%s", Arrays.toString(numbers))
                .isTrue();
    }
}
