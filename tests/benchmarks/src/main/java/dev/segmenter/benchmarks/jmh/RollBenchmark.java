// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOptions;
import dev.segmenter.model.roll.RollOutput;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.model.roll.UserStateCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One event of a user with a quarter of a year behind it. A busy user has one each minute, a casual one
 * each five hours: then nearly every event moves a window, and every fifth brings a vote.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RollBenchmark {
    private static final int EVENTS = 1 << 16;
    private static final int MASK = EVENTS - 1;

    @Param({"shop", "wide"})
    public String features;

    @Param({"busy", "casual"})
    public String user;

    private FeatureRoller roller;
    private UserStateCodec codec;
    private StateBytes history;
    private Sink sink;
    private ClickEvent[] events;
    private UserState state;
    private int next;

    /** Lets a quarter of a year pass. */
    @Setup
    public void roll(Blackhole hole) throws IOException {
        FeatureSet set = Shop.features(features);
        long gap = Duration.ofMinutes(user.equals("busy") ? 1 : 300).toMillis();
        sink = new Sink(hole);
        roller = new FeatureRoller(set, RollOptions.defaults());
        codec = new UserStateCodec(set);
        int before = (int) (90 * Shop.DAY / Duration.ofHours(5).toMillis());
        long step = 90 * Shop.DAY / before;
        ClickEvent[] past = Shop.events(set, Shop.START, step, before, 1);
        events = Shop.events(set, Shop.START + 90 * Shop.DAY, gap, EVENTS, 2);
        state = roller.begin(past[0]);
        for (ClickEvent event : past) {
            roller.onEvent(state, event, NoOverflow.INSTANCE, sink);
        }
        history = new StateBytes();
        codec.write(state, history.out());
    }

    /** FeatureRoller.onEvent. */
    @Benchmark
    public void paneUpdate() throws IOException {
        if (next == 0) {
            state = codec.read(history.in(), state);
        }
        roller.onEvent(state, events[next], NoOverflow.INSTANCE, sink);
        next = (next + 1) & MASK;
    }

    private record Sink(Blackhole hole) implements RollOutput {
        @Override
        public void update(UserUpdate update) {
            hole.consume(update);
        }

        @Override
        public void values(
                String userId,
                long incarnation,
                long time,
                long fingerprint,
                boolean flagged,
                double[] lent) {
            hole.consume(lent);
        }

        @Override
        public void vote(Vote vote) {
            hole.consume(vote);
        }

        @Override
        public void duplicate() {}

        @Override
        public void counted() {}

        @Override
        public void overQuota(String userId, long minuteStart, long count) {}
    }

    private enum NoOverflow implements OverflowIds {
        INSTANCE;

        @Override
        public boolean addIfAbsent(long eventIdHash, long eventTime) {
            return true;
        }

        @Override
        public void dropBefore(long eventTime) {}
    }
}
