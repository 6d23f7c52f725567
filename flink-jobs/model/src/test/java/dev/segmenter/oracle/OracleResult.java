// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.oracle;

import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job must have written.
 *
 * @param outputs by user, in the order in which they hold
 * @param counted events that count
 * @param duplicates events whose id counted before
 * @param late events older than their partition allows
 * @param overQuota events over the quota, by user and minute; erasures split a minute
 */
public record OracleResult(
        Map<String, List<Output>> outputs,
        long counted,
        long duplicates,
        List<RawEvent> late,
        List<OverQuota> overQuota) {

    /** One record of a user: a change, a membership, or, with neither, a tombstone. */
    public record Output(SegmentChange change, SegmentMembership membership) {

        public static Output of(SegmentChange change) {
            return new Output(change, null);
        }

        public static Output of(SegmentMembership membership) {
            return new Output(null, membership);
        }

        /** The user is gone. */
        public static Output tombstone() {
            return new Output(null, null);
        }
    }

    /** Events of one user in one minute, from its start, event time, ms. */
    public record OverQuota(String userId, long minuteStart, long count) {}

    /** By user, users without any left out. */
    public Map<String, List<SegmentChange>> changes() {
        Map<String, List<SegmentChange>> changes = new TreeMap<>();
        outputs.forEach(
                (user, records) -> {
                    List<SegmentChange> own =
                            records.stream().map(Output::change).filter(Objects::nonNull).toList();
                    if (!own.isEmpty()) {
                        changes.put(user, own);
                    }
                });
        return changes;
    }

    /** Every membership by user, null for a tombstone; users without any left out. */
    public Map<String, List<SegmentMembership>> memberships() {
        Map<String, List<SegmentMembership>> memberships = new TreeMap<>();
        outputs.forEach(
                (user, records) -> {
                    List<SegmentMembership> own =
                            records.stream()
                                    .filter(record -> record.change == null)
                                    .map(Output::membership)
                                    .toList();
                    if (!own.isEmpty()) {
                        memberships.put(user, own);
                    }
                });
        return memberships;
    }

    /** The last membership of each user, null for one that left. */
    public Map<String, SegmentMembership> lastMemberships() {
        Map<String, SegmentMembership> last = new TreeMap<>();
        memberships().forEach((user, all) -> last.put(user, all.get(all.size() - 1)));
        return last;
    }

    /** Users with a change of this cause. */
    public Set<String> usersWith(Cause cause) {
        Set<String> users = new TreeSet<>();
        changes()
                .forEach(
                        (user, own) -> {
                            if (own.stream().anyMatch(change -> change.getCause() == cause)) {
                                users.add(user);
                            }
                        });
        return users;
    }
}
