// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The clocks of the partitions that admit has met, by the partition's number. */
final class PartitionClocks {
    private PartitionClock[] clocks = {};

    /** A partition's clock, a new one if it has none yet. */
    PartitionClock of(int partition) {
        if (partition < clocks.length && clocks[partition] != null) {
            return clocks[partition];
        }
        return put(new PartitionClock(partition));
    }

    /** Takes a clock of a former run; of two for one partition, the later one. */
    void restore(PartitionClock clock) {
        put(PartitionClock.later(of(clock.partition()), clock));
    }

    private PartitionClock put(PartitionClock clock) {
        int partition = clock.partition();
        if (partition >= clocks.length) {
            clocks = Arrays.copyOf(clocks, partition + 1);
        }
        clocks[partition] = clock;
        return clock;
    }

    List<PartitionClock> known() {
        List<PartitionClock> known = new ArrayList<>(Arrays.asList(clocks));
        known.removeIf(Objects::isNull);
        return known;
    }
}
