// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.feature.DefaultFeatures;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.Fate;
import dev.segmenter.schemas.Lineage;
import dev.segmenter.schemas.Quality;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Output records for the report's tests. */
final class Records {
    static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    static final FeatureSet FEATURES = DefaultFeatures.browsing();
    static final List<String> CLUSTERED =
            IntStream.range(0, FEATURES.dimension())
                    .mapToObj(i -> FEATURES.clusteredFeature(i).name())
                    .toList();

    private Records() {}

    /** A moment so many hours after the start. */
    static Instant hour(long hours) {
        return START.plus(Duration.ofHours(hours));
    }

    /** A change between segments (0 for none) of this margin; its values are all the margin. */
    static SegmentChange change(
            String user, Instant time, int from, int to, Cause cause, double margin) {
        boolean between = from != 0 && to != 0;
        return SegmentChange.newBuilder()
                .setChangeId(user + "/" + time.toEpochMilli())
                .setUserId(user)
                .setIncarnation(START)
                .setSequence(1)
                .setEventTime(time)
                .setPreviousSegmentId(from == 0 ? null : from)
                .setPreviousSegmentLabel(from == 0 ? null : label(from))
                .setSegmentId(to == 0 ? null : to)
                .setSegmentLabel(to == 0 ? null : label(to))
                .setCause(cause)
                .setModelVersion(1L)
                .setModelId("id")
                .setPreviousDistanceSquared(between ? 4.0 : null)
                .setDistanceSquared(to == 0 ? null : 1.0)
                .setMargin(between ? margin : null)
                .setContributions(between ? contributions(margin) : List.of())
                .build();
    }

    static SegmentChange move(String user, Instant time, int from, int to, double margin) {
        return change(user, time, from, to, Cause.BEHAVIOUR, margin);
    }

    static SegmentMembership membership(String user, int segment) {
        return SegmentMembership.newBuilder()
                .setUserId(user)
                .setIncarnation(START)
                .setSequence(1)
                .setSegmentId(segment)
                .setSegmentLabel(label(segment))
                .setSince(START)
                .setModelVersion(1)
                .setDistanceSquared(0.5)
                .setCoverage(1)
                .setFlagged(false)
                .setUpdatedAt(START)
                .build();
    }

    /** Version v, closed v hours after the start, of segments that survived unless lineage says otherwise. */
    static CentroidSnapshot snapshot(long version, List<Lineage> lineage, int... segments) {
        int d = CLUSTERED.size();
        return CentroidSnapshot.newBuilder()
                .setModelName("default")
                .setVersion(version)
                .setModelId("0123456789abcdef" + version)
                .setEffectiveFrom(hour(version))
                .setCreatedAt(hour(version))
                .setObservedSince(START)
                .setMeasure("euclidean")
                .setFingerprint(FEATURES.fingerprint())
                .setFeatureNames(CLUSTERED)
                .setTransforms(Collections.nCopies(d, "log1p"))
                .setMean(Collections.nCopies(d, 1.0))
                .setSigma(Collections.nCopies(d, 0.5))
                .setCentroids(
                        Arrays.stream(segments).mapToObj(id -> centroid(id, label(id))).toList())
                .setNextSegmentId(99)
                .setWarming(false)
                .setRescaled(false)
                .setQuality(new Quality(100L, 1.5, 0.4, null, 0.9, 0.01))
                .setLineage(lineage)
                .build();
    }

    static Centroid centroid(int id, String label) {
        List<Double> vector =
                IntStream.range(0, CLUSTERED.size()).mapToObj(i -> (double) (id + i) % 3).toList();
        return new Centroid(id, label, vector, 10.0 * id, 1.0, Map.of());
    }

    static Lineage fate(int segment, Fate fate) {
        return new Lineage(segment, label(segment), fate, List.of());
    }

    static String label(int segment) {
        return "label " + segment;
    }

    private static List<Contribution> contributions(double value) {
        return CLUSTERED.stream().map(f -> new Contribution(f, 0.0, value, value)).toList();
    }
}
