// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.metrics;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Found by Flink through META-INF/services. */
public final class JobCountersReporterFactory implements MetricReporterFactory {
    static final String ID = "counters-id";

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new JobCountersReporter(JobCounters.byId(properties.getProperty(ID)));
    }
}
