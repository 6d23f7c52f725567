// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Contribution;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;

/** What must hold between the topics of any run. */
final class Consistency {
    private static final double RELATIVE = 1e-9;

    private Consistency() {}

    static void check(Outputs outputs) {
        outputs.changes().values().forEach(Consistency::checkLives);
        outputs.allChanges().forEach(Consistency::checkContributions);
        checkMemberships(outputs);
        checkVersions(outputs.snapshots());
        checkSegmentsExist(outputs);
    }

    /** Sequences without a gap, each change going on from the one before. */
    private static void checkLives(List<SegmentChange> changes) {
        SegmentChange before = null;
        for (SegmentChange change : changes) {
            boolean sameLife =
                    before != null && before.getIncarnation().equals(change.getIncarnation());
            if (sameLife) {
                assertThat(change.getSequence()).isEqualTo(before.getSequence() + 1);
                assertThat(change.getPreviousSegmentId()).isEqualTo(before.getSegmentId());
                assertThat(change.getEventTime()).isAfterOrEqualTo(before.getEventTime());
            } else {
                assertThat(change.getSequence()).isEqualTo(1);
                assertThat(change.getCause()).isEqualTo(Cause.FIRST);
                assertThat(change.getIncarnation())
                        .isAfter(before == null ? Instant.MIN : before.getIncarnation());
            }
            before = change;
        }
    }

    private static void checkContributions(SegmentChange change) {
        if (change.getContributions().isEmpty()) {
            return;
        }
        double sum =
                change.getContributions().stream().mapToDouble(Contribution::getContribution).sum();
        double difference = change.getPreviousDistanceSquared() - change.getDistanceSquared();
        assertThat(sum).isCloseTo(difference, Offset.offset(RELATIVE * Math.max(1e-6, difference)));
    }

    private static void checkMemberships(Outputs outputs) {
        outputs.changes()
                .forEach(
                        (user, changes) -> {
                            SegmentChange last = changes.get(changes.size() - 1);
                            SegmentMembership now = outputs.memberships().get(user);
                            if (last.getSegmentId() == null) {
                                assertThat(now).isNull();
                                return;
                            }
                            assertThat(now.getSegmentId()).isEqualTo(last.getSegmentId());
                            assertThat(now.getSequence()).isEqualTo(last.getSequence());
                            assertThat(now.getIncarnation()).isEqualTo(last.getIncarnation());
                            assertThat(now.getSince()).isEqualTo(last.getEventTime());
                        });
        assertThat(outputs.changes().keySet())
                .containsAll(
                        outputs.memberships().entrySet().stream()
                                .filter(entry -> entry.getValue() != null)
                                .map(Map.Entry::getKey)
                                .toList());
    }

    private static void checkVersions(List<CentroidSnapshot> snapshots) {
        Set<Integer> dead = new HashSet<>();
        CentroidSnapshot before = null;
        for (CentroidSnapshot snapshot : snapshots) {
            if (before != null) {
                assertThat(snapshot.getVersion()).isEqualTo(before.getVersion() + 1);
                assertThat(snapshot.getParentId()).isEqualTo(before.getModelId());
                assertThat(snapshot.getEffectiveFrom()).isAfter(before.getEffectiveFrom());
                Set<Integer> gone = ids(before);
                gone.removeAll(ids(snapshot));
                dead.addAll(gone);
            }
            assertThat(ids(snapshot)).noneMatch(dead::contains);
            assertThat(ids(snapshot)).allMatch(id -> id < snapshot.getNextSegmentId());
            before = snapshot;
        }
    }

    private static Set<Integer> ids(CentroidSnapshot snapshot) {
        Set<Integer> ids = new HashSet<>();
        snapshot.getCentroids().forEach(centroid -> ids.add(centroid.getSegmentId()));
        return ids;
    }

    private static void checkSegmentsExist(Outputs outputs) {
        Map<Long, Set<Integer>> idsByVersion = new HashMap<>();
        outputs.snapshots()
                .forEach(snapshot -> idsByVersion.put(snapshot.getVersion(), ids(snapshot)));
        outputs.allChanges().stream()
                .filter(change -> change.getSegmentId() != null)
                .forEach(
                        change ->
                                assertThat(idsByVersion.get(change.getModelVersion()))
                                        .contains(change.getSegmentId()));
    }
}
