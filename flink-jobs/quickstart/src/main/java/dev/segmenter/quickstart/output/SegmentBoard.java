// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import dev.segmenter.model.explain.ModelDifference;
import dev.segmenter.model.explain.SegmentProfile;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the output topics say so far: members, model, changes. Safe for use by several threads. */
public final class SegmentBoard {
    private static final int CHANGES_KEPT = 8;

    private final FeatureSet features;
    private final Map<String, Integer> segmentOfUser = new HashMap<>();
    private final Map<Integer, Long> members = new TreeMap<>();
    private final Map<Integer, String> labels = new HashMap<>();
    private final Set<String> usersSeen = new HashSet<>();
    private final Map<Cause, Long> changesByCause = new EnumMap<>(Cause.class);
    private final Deque<SegmentChange> lastChanges = new ArrayDeque<>();
    private Set<Integer> liveSegments = Set.of();
    private Map<Integer, List<String>> words = Map.of();
    private ModelDifference lastDifference;
    private CentroidSnapshot newest;
    private long snapshots;
    private Instant eventTime;

    /** The features give segments and models their words. */
    public SegmentBoard(FeatureSet features) {
        this.features = features;
    }

    /** A user's membership; null says that the user left. */
    public synchronized void membership(String userId, SegmentMembership membership) {
        usersSeen.add(userId);
        Integer before =
                membership == null
                        ? segmentOfUser.remove(userId)
                        : segmentOfUser.put(userId, membership.getSegmentId());
        if (before != null) {
            members.computeIfPresent(
                    before,
                    (id, n) -> n == 1 && !liveSegments.contains(id) ? null : (Long) (n - 1));
        }
        if (membership != null) {
            members.merge(membership.getSegmentId(), 1L, Long::sum);
            labels.put(membership.getSegmentId(), membership.getSegmentLabel());
            reach(membership.getUpdatedAt());
        }
    }

    /** A change of any cause. */
    public synchronized void change(SegmentChange change) {
        changesByCause.merge(change.getCause(), 1L, Long::sum);
        lastChanges.addFirst(change);
        if (lastChanges.size() > CHANGES_KEPT) {
            lastChanges.removeLast();
        }
        reach(change.getEventTime());
    }

    /** A version of the model. */
    public synchronized void snapshot(CentroidSnapshot snapshot) {
        snapshots++;
        if (newest == null || snapshot.getVersion() > newest.getVersion()) {
            explain(snapshot);
            newest = snapshot;
        }
        snapshot.getCentroids().forEach(c -> labels.put(c.getSegmentId(), c.getLabel()));
        Set<Integer> live = new HashSet<>();
        snapshot.getCentroids().forEach(c -> live.add(c.getSegmentId()));
        live.forEach(id -> members.putIfAbsent(id, 0L));
        // A dead segment is shown until its last member has left.
        members.entrySet().removeIf(e -> e.getValue() == 0 && !live.contains(e.getKey()));
        this.liveSegments = live;
        reach(snapshot.getCreatedAt());
    }

    private void explain(CentroidSnapshot snapshot) {
        words =
                SegmentProfile.of(snapshot, features).stream()
                        .collect(
                                Collectors.toMap(
                                        SegmentProfile::segmentId, SegmentProfile::clauses));
        ModelDifference difference = ModelDifference.between(newest, snapshot, features);
        if (difference.isNotable()) {
            lastDifference = difference;
        }
    }

    /** A consistent copy of the figures. */
    public synchronized Figures figures() {
        List<Segment> segments = new ArrayList<>();
        members.forEach((id, n) -> segments.add(segment(id, n)));
        return new Figures(
                segmentOfUser.size(),
                usersSeen.size(),
                snapshots,
                newest == null ? 0 : newest.getVersion(),
                newest != null && newest.getWarming(),
                lastDifference,
                eventTime,
                segments,
                Map.copyOf(changesByCause),
                List.copyOf(lastChanges));
    }

    private Segment segment(int id, long users) {
        return new Segment(
                id, labels.getOrDefault(id, "?"), users, words.getOrDefault(id, List.of()));
    }

    private void reach(Instant time) {
        if (eventTime == null || time.isAfter(eventTime)) {
            eventTime = time;
        }
    }

    /** One segment, its members now, and what sets it apart, strongest first; a dead one has no words. */
    public record Segment(int id, String label, long users, List<String> words) {}

    /**
     * Figures of one moment.
     *
     * @param users in a segment now
     * @param usersSeen that ever were in one
     * @param snapshots records of the model
     * @param version of the newest model, 0 for none
     * @param lastDifference the newest one between two versions that is notable, null for none
     * @param eventTime greatest of any record, null for none
     * @param segments by id
     * @param lastChanges newest first
     */
    public record Figures(
            long users,
            long usersSeen,
            long snapshots,
            long version,
            boolean warming,
            ModelDifference lastDifference,
            Instant eventTime,
            List<Segment> segments,
            Map<Cause, Long> changesByCause,
            List<SegmentChange> lastChanges) {}
}
