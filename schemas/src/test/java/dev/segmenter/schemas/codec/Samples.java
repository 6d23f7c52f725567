// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.DeadLetter;
import dev.segmenter.schemas.Drift;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import dev.segmenter.schemas.Shadow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** One record of every contract with every field set. */
final class Samples {

    private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123Z");

    private Samples() {}

    static List<SpecificRecordBase> all() {
        return List.of(event(), change(), membership(), snapshot(), deadLetter());
    }

    static Event event() {
        return Event.newBuilder()
                .setEventId("e-1")
                .setUserId("u-1")
                .setEventTime(TIME)
                .setEventType("purchase")
                .setItemId("lamp")
                .setCategory("home")
                .setPrice(12.5)
                .setSessionId("s-1")
                .setAttributes(Map.of("device", "phone"))
                .build();
    }

    /** Events that a careless codec would change or refuse; odd values are the job's to judge. */
    static List<Event> hostileEvents() {
        return List.of(
                Event.newBuilder(event()).setEventId("").setUserId("").setEventType("").build(),
                Event.newBuilder(event()).setUserId("Ünïcødé 用户 \uD83D\uDE00 \u0000\n\"\\").build(),
                Event.newBuilder(event())
                        .setUserId("x".repeat(300))
                        .setItemId("é".repeat(70_000))
                        .build(),
                Event.newBuilder(event()).setPrice(Double.NaN).build(),
                Event.newBuilder(event()).setPrice(Double.NEGATIVE_INFINITY).build(),
                Event.newBuilder(event()).setPrice(-0.0).build(),
                Event.newBuilder(event())
                        .setEventTime(Instant.ofEpochMilli(Long.MIN_VALUE))
                        .build(),
                Event.newBuilder(event())
                        .setEventTime(Instant.ofEpochMilli(Long.MAX_VALUE))
                        .build(),
                Event.newBuilder(event()).setAttributes(Map.of("", "", "用", "户")).build(),
                Event.newBuilder(event())
                        .setItemId(null)
                        .setCategory(null)
                        .setPrice(null)
                        .setSessionId(null)
                        .setAttributes(Map.of())
                        .build());
    }

    static SegmentChange change() {
        return SegmentChange.newBuilder()
                .setChangeId("c-1")
                .setUserId("u-1")
                .setIncarnation(TIME)
                .setSequence(7)
                .setEventTime(TIME.plusSeconds(60))
                .setPreviousSegmentId(3)
                .setPreviousSegmentLabel("browsers")
                .setSegmentId(5)
                .setSegmentLabel("buyers")
                .setCause(Cause.BEHAVIOUR)
                .setModelVersion(11L)
                .setModelId("ab12")
                .setPreviousDistanceSquared(4.25)
                .setDistanceSquared(1.0)
                .setMargin(0.5)
                .setContributions(List.of(new Contribution("spend_90d", 10.0, 90.5, 3.25)))
                .setActions(List.of("none"))
                .build();
    }

    static SegmentMembership membership() {
        return SegmentMembership.newBuilder()
                .setUserId("u-1")
                .setIncarnation(TIME)
                .setSequence(7)
                .setSegmentId(5)
                .setSegmentLabel("buyers")
                .setSince(TIME.plusSeconds(60))
                .setModelVersion(11)
                .setDistanceSquared(1.0)
                .setCoverage(0.75)
                .setFlagged(true)
                .setUpdatedAt(TIME.plusSeconds(61))
                .build();
    }

    static CentroidSnapshot snapshot() {
        return CentroidSnapshot.newBuilder()
                .setModelName("shop")
                .setVersion(2)
                .setModelId("ab12")
                .setParentId("cd34")
                .setEffectiveFrom(TIME.plusSeconds(300))
                .setCreatedAt(TIME)
                .setObservedSince(TIME.minusSeconds(3600))
                .setMeasure("euclidean")
                .setFingerprint(-42)
                .setFeatureNames(List.of("spend_90d", "views_30d"))
                .setTransforms(List.of("log1p", "none"))
                .setMean(List.of(1.5, 2.5))
                .setSigma(List.of(0.5, 0.0))
                .setCentroids(
                        List.of(
                                new Centroid(
                                        5,
                                        "buyers",
                                        List.of(2.0, 3.0),
                                        120.5,
                                        0.9,
                                        Map.of("spend_90d", 55.0))))
                .setNextSegmentId(6)
                .setWarming(true)
                .setRescaled(true)
                .setRescaleRelabelled(0.01)
                .setRelabelled(0.02)
                .setQuality(new Quality(1000L, 0.8, 0.4, -1.5, 0.7, 0.003))
                .setDrift(new Drift(TIME.minusSeconds(60), 1.25, 86_400_000L, 0.15, 0.05))
                .setShadows(List.of(new Shadow(4, 990L, 1.1, 0.35, 0.9)))
                .setLineage(List.of(new Lineage(5, "buyers", Fate.MERGED, List.of(1, 2))))
                .build();
    }

    static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setTopic("clickstream")
                .setPartition(3)
                .setOffset(99L)
                .setKey(ByteBuffer.wrap(new byte[] {1, 2}))
                .setValue(ByteBuffer.wrap(new byte[] {0, -1, 127}))
                .setErrorClass(ErrorClass.UNDECODABLE)
                .setMessage("price: -1 is negative")
                .setUserId("u-1")
                .setEventTime(TIME)
                .setCount(1)
                .build();
    }
}
