// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.Lineage;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts births, splits, mergers and deaths of segments, each once, from the lineage of published snapshots. */
final class SegmentFates {
    private final Counter born;
    private final Counter split;
    private final Counter merged;
    private final Counter died;

    SegmentFates(MetricGroup group) {
        born = group.counter(MetricNames.SEGMENTS + "born");
        split = group.counter(MetricNames.SEGMENTS + "split");
        merged = group.counter(MetricNames.SEGMENTS + "merged");
        died = group.counter(MetricNames.SEGMENTS + "died");
    }

    /** A split counts for the new segment, a merger for the one that goes. */
    void count(CentroidSnapshot snapshot) {
        Set<Integer> live =
                snapshot.getCentroids().stream()
                        .map(Centroid::getSegmentId)
                        .collect(Collectors.toSet());
        for (Lineage entry : snapshot.getLineage()) {
            switch (entry.getFate()) {
                case BORN -> born.inc();
                case SPLIT -> split.inc(entry.getParents().contains(entry.getSegmentId()) ? 0 : 1);
                case MERGED -> merged.inc(live.contains(entry.getSegmentId()) ? 0 : 1);
                case DIED -> died.inc();
                case SURVIVED -> {}
            }
        }
    }
}
