// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One output record to the bytes that Kafka gets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutputBenchmark {
    private static final Instant TIME = Instant.ofEpochMilli(Shop.START);

    private final SingleObjectCodec<SegmentChange> changes =
            SingleObjectCodec.of(SegmentChange.class);
    private final SingleObjectCodec<SegmentMembership> memberships =
            SingleObjectCodec.of(SegmentMembership.class);
    private final SegmentChange change = change();
    private final SegmentMembership membership = membership();

    private static SegmentChange change() {
        return SegmentChange.newBuilder()
                .setChangeId("0123456789abcdef0123456789abcdef")
                .setUserId(Shop.USER)
                .setIncarnation(TIME)
                .setSequence(7)
                .setEventTime(TIME)
                .setPreviousSegmentId(3)
                .setPreviousSegmentLabel("low spend, few views")
                .setSegmentId(5)
                .setSegmentLabel("high spend, many views")
                .setCause(Cause.BEHAVIOUR)
                .setModelVersion(11L)
                .setModelId("0123456789abcdef")
                .setPreviousDistanceSquared(4.25)
                .setDistanceSquared(1.0)
                .setMargin(0.5)
                .setContributions(
                        List.of(
                                new Contribution("spend_90d", 10.0, 90.5, 3.25),
                                new Contribution("views_30d", 10.0, 90.5, 3.25),
                                new Contribution("sessions_30d", 10.0, 90.5, 3.25)))
                .setActions(List.of("bought more", "viewed more"))
                .build();
    }

    private static SegmentMembership membership() {
        return SegmentMembership.newBuilder()
                .setUserId(Shop.USER)
                .setIncarnation(TIME)
                .setSequence(7)
                .setSegmentId(5)
                .setSegmentLabel("high spend, many views")
                .setSince(TIME)
                .setModelVersion(11)
                .setDistanceSquared(1.0)
                .setCoverage(0.75)
                .setFlagged(false)
                .setUpdatedAt(TIME)
                .build();
    }

    @Benchmark
    public byte[] encodeChange() {
        return changes.encode(change);
    }

    @Benchmark
    public byte[] encodeMembership() {
        return memberships.encode(membership);
    }
}
