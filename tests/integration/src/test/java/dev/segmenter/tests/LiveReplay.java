// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A replay in live assignment beside one in exact assignment. Whatever differs must follow from a
 * version that came late: a user's records are the same up to its effect, and a change names an older
 * version than the one effective at its time only where all versions between came late.
 */
record LiveReplay(Outputs live, Outputs exact, LateVersions late, long endTime) {

    void check() {
        assertThat(live.snapshots()).isEqualTo(exact.snapshots());
        assertThat(live.wire().deadLetters()).isEqualTo(exact.wire().deadLetters());
        checkUsers(live.changes(), exact.changes(), SegmentChange::getEventTime);
        checkUsers(live.told(), exact.told(), SegmentMembership::getUpdatedAt);
        exact.allChanges().forEach(change -> assertThat(missed(change)).as("%s", change).isEmpty());
        live.allChanges()
                .forEach(
                        change ->
                                assertThat(missed(change)).as("%s", change).allMatch(this::isLate));
    }

    /** Users whose records differ in any way. */
    Set<String> differing() {
        Set<String> users = new TreeSet<>(live.told().keySet());
        users.addAll(exact.told().keySet());
        users.removeIf(
                user ->
                        Objects.equals(live.told().get(user), exact.told().get(user))
                                && Objects.equals(
                                        live.changes().get(user), exact.changes().get(user)));
        return users;
    }

    private boolean isLate(long version) {
        return late.contains(version);
    }

    private <T> void checkUsers(
            Map<String, List<T>> live, Map<String, List<T>> exact, Function<T, Instant> time) {
        Set<String> users = new TreeSet<>(live.keySet());
        users.addAll(exact.keySet());
        for (String user : users) {
            Instant from =
                    firstDifference(
                            live.getOrDefault(user, List.of()),
                            exact.getOrDefault(user, List.of()),
                            time);
            assertThat(from.equals(Instant.MAX) || late.first().isPresent())
                    .as("%s differs at %s, and no version came late", user, from)
                    .isTrue();
            late.first().ifPresent(first -> assertThat(from).as(user).isAfterOrEqualTo(first));
        }
    }

    /** Event time of the earlier of the first two records that differ; tombstones have none. */
    private static <T> Instant firstDifference(
            List<T> live, List<T> exact, Function<T, Instant> time) {
        for (int i = 0; i < Math.max(live.size(), exact.size()); i++) {
            T one = i < live.size() ? live.get(i) : null;
            T other = i < exact.size() ? exact.get(i) : null;
            if (!Objects.equals(one, other) || i >= Math.min(live.size(), exact.size())) {
                return earlier(
                        one == null ? null : time.apply(one),
                        other == null ? null : time.apply(other));
            }
        }
        return Instant.MAX;
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null && other == null ? Instant.MIN : one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** Versions that were effective when the change was decided, and newer than the one that decided it. */
    private LongStream missed(SegmentChange change) {
        long used = change.getModelVersion() == null ? 0 : change.getModelVersion();
        long effective =
                exact.snapshots().stream()
                        .filter(model -> !model.getEffectiveFrom().isAfter(change.getEventTime()))
                        .mapToLong(CentroidSnapshot::getVersion)
                        .max()
                        .orElse(0);
        boolean atEnd =
                change.getCause() == Cause.FIRST && change.getEventTime().toEpochMilli() == endTime;
        assertThat(used <= effective || atEnd).as("from the future: %s", change).isTrue();
        return LongStream.rangeClosed(used + 1, effective);
    }
}
