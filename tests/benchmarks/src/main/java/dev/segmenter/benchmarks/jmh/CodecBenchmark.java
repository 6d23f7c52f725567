// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.assign.AssignOptions;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.model.assign.ModelTimeline;
import dev.segmenter.model.assign.SegmentAssigner;
import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.assign.UserSegmentCodec;
import dev.segmenter.model.event.ClickEvent;
import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.FeatureRoller;
import dev.segmenter.model.roll.RollOptions;
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

/** State of one user to bytes and back: of a quarter's 30 events (casual) or of 2,000 (busy). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    @Param({"casual", "busy"})
    public String user;

    private final StateBytes stateBytes = new StateBytes();
    private final StateBytes stateOut = new StateBytes();
    private final StateBytes segmentBytes = new StateBytes();
    private final StateBytes segmentOut = new StateBytes();
    private final UserSegmentCodec segmentCodec = new UserSegmentCodec();
    private UserStateCodec stateCodec;
    private UserState state;
    private UserSegment segment;

    /** Rolls and assigns the user's quarter. */
    @Setup
    public void roll() throws IOException {
        FeatureSet features = Shop.features("shop");
        int count = user.equals("busy") ? 2_000 : 30;
        ClickEvent[] events = Shop.events(features, Shop.START, 90 * Shop.DAY / count, count, 3);
        FeatureRoller roller = new FeatureRoller(features, RollOptions.defaults());
        state = roller.begin(events[0]);
        LastUpdate last = new LastUpdate();
        for (ClickEvent event : events) {
            roller.onEvent(state, event, last, last);
        }
        stateCodec = new UserStateCodec(features);
        stateCodec.write(state, stateBytes.out());
        segment = assign(features, last.update());
        segmentCodec.write(segment, segmentBytes.out());
    }

    private static UserSegment assign(FeatureSet features, UserUpdate update) {
        ModelTimeline models = new ModelTimeline();
        models.add(ModelOf.of(features, 6, 4));
        AssignOptions options = new AssignOptions(Guards.OFF, Long.MIN_VALUE, Duration.ZERO);
        return new SegmentAssigner(features, options)
                .onUpdate(null, update, models, new Decisions());
    }

    @Benchmark
    public int writeUserState() throws IOException {
        stateCodec.write(state, stateOut.out());
        return stateOut.length();
    }

    @Benchmark
    public UserState readUserState() throws IOException {
        return stateCodec.read(stateBytes.in());
    }

    @Benchmark
    public int writeUserSegment() throws IOException {
        segmentCodec.write(segment, segmentOut.out());
        return segmentOut.length();
    }

    @Benchmark
    public UserSegment readUserSegment() throws IOException {
        return segmentCodec.read(segmentBytes.in());
    }
}
