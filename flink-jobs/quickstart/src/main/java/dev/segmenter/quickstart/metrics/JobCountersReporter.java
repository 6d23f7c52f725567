// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.metrics;

import dev.segmenter.job.MetricNames;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/** Hands the job's own counters to {@link JobCounters} as they come and go. */
final class JobCountersReporter implements MetricReporter {
    private final JobCounters counters;

    JobCountersReporter(JobCounters counters) {
        this.counters = counters;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String[] scope = group.getScopeComponents();
        boolean own = scope.length > 0 && scope[scope.length - 1].equals(MetricNames.GROUP);
        if (own && metric instanceof Counter counter) {
            counters.add(name, counter);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            counters.remove(counter);
        }
    }
}
