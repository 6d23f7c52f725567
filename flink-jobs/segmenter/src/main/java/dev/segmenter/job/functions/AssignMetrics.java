// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.job.MetricNames;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.schemas.Cause;
import dev.segmenter.schemas.SegmentChange;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What assign reports: changes by cause, users by slot and moved by a version, waiting vectors, latency. */
final class AssignMetrics {
    private static final int LATENCY_SAMPLE = 1024;

    private final StoredModels models;
    private final LongSupplier wallClock;
    private final SegmentCounts counts;
    private final Map<Cause, Counter> changes = new EnumMap<>(Cause.class);
    private final Histogram latency;

    AssignMetrics(
            MetricGroup group,
            StoredModels models,
            SegmentCounts counts,
            VersionReach reach,
            int slots,
            LongSupplier wallClock) {
        this.models = models;
        this.wallClock = wallClock;
        this.counts = counts;
        for (Cause cause : Cause.values()) {
            String name = MetricNames.CHANGES + cause.name().toLowerCase(Locale.ROOT);
            changes.put(cause, group.counter(name));
        }
        for (int slot = 0; slot < slots; slot++) {
            int position = slot;
            group.gauge(
                    MetricNames.SEGMENT_ID_SLOT + slot, (Gauge<Integer>) () -> segmentId(position));
            group.gauge(MetricNames.USERS_SLOT + slot, (Gauge<Long>) () -> users(position));
        }
        group.gauge(
                MetricNames.WAITING_VECTORS, (Gauge<Long>) () -> counts.of(SegmentCounts.WAITING));
        group.gauge(MetricNames.VERSION_IN_USE, (Gauge<Long>) reach::version);
        group.gauge(MetricNames.USERS_MET_BY_VERSION, (Gauge<Long>) reach::met);
        group.gauge(MetricNames.USERS_MOVED_BY_VERSION, (Gauge<Long>) reach::moved);
        latency =
                group.histogram(
                        MetricNames.EVENT_TO_CHANGE_MS,
                        new DescriptiveStatisticsHistogram(LATENCY_SAMPLE));
    }

    void changed(SegmentChange change) {
        changes.get(change.getCause()).inc();
        latency.update(wallClock.getAsLong() - change.getEventTime().toEpochMilli());
    }

    private int segmentId(int slot) {
        CentroidModel newest = models.newest();
        return newest == null || slot >= newest.size()
                ? SegmentCounts.NONE
                : newest.segmentId(slot);
    }

    private long users(int slot) {
        return counts.of(segmentId(slot));
    }
}
