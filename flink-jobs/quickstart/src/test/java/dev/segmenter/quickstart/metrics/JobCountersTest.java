// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segmenter.job.MetricNames;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.junit.jupiter.api.Test;

class JobCountersTest {
    private static final Scope OWN = new Scope("task", MetricNames.GROUP);
    private static final Scope OTHER = new Scope("task");

    private final Configuration settings = new Configuration();
    private final JobCounters counters = JobCounters.install(settings);
    private final MetricReporter reporter = reporter(settings);

    @Test
    void value_subtasksRunningAndEnded_sumsBoth() {
        Counter first = counter(5, OWN);
        counter(7, OWN);
        reporter.notifyOfRemovedMetric(first, MetricNames.LATE, OWN);
        first.inc(100);

        assertThat(counters.value(MetricNames.LATE)).isEqualTo(12);
    }

    @Test
    void value_countersOfOthers_areLeftOut() {
        Counter other = counter(5, OTHER);
        reporter.notifyOfRemovedMetric(other, MetricNames.LATE, OTHER);

        assertThat(counters.value(MetricNames.LATE)).isZero();
        assertThat(counters.value("nonsense")).isZero();
    }

    private Counter counter(long value, Scope scope) {
        Counter counter = new SimpleCounter();
        counter.inc(value);
        reporter.notifyOfAddedMetric(counter, MetricNames.LATE, scope);
        return counter;
    }

    private static MetricReporter reporter(Configuration settings) {
        Properties properties = new Properties();
        properties.setProperty(
                JobCountersReporterFactory.ID,
                settings.getString(
                        "metrics.reporter.quickstart." + JobCountersReporterFactory.ID, ""));
        return new JobCountersReporterFactory().createMetricReporter(properties);
    }

    private static final class Scope extends UnregisteredMetricsGroup {
        private final String[] components;

        Scope(String... components) {
            this.components = components;
        }

        @Override
        public String[] getScopeComponents() {
            return components;
        }
    }
}
