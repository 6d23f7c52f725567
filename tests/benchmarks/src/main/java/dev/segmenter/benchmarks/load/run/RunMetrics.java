// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load.run;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Flink's own figures of the job of this process: what its source has read, and its checkpoints. */
public final class RunMetrics implements MetricReporter, MetricReporterFactory {
    private static final String SOURCE = "Source: ";
    private static final String RECORDS = "numRecordsIn";
    private static final String OPERATOR = "<operator_name>";
    private static final String CHECKPOINT_ID = "lastCompletedCheckpointId";
    private static final String CHECKPOINT_PATH = "lastCheckpointExternalPath";
    private static final String CHECKPOINT_MILLIS = "lastCheckpointDuration";
    private static final String CHECKPOINT_BYTES = "lastCheckpointFullSize";
    private static final Set<String> CHECKPOINTS =
            Set.of(CHECKPOINT_ID, CHECKPOINT_PATH, CHECKPOINT_MILLIS, CHECKPOINT_BYTES);

    private static final Set<Counter> SOURCES = ConcurrentHashMap.newKeySet();
    private static final Map<String, Gauge<?>> GAUGES = new ConcurrentHashMap<>();
    private static long lastCheckpoint;

    static void install(Configuration settings) {
        settings.setString("metrics.reporter.load.factory.class", RunMetrics.class.getName());
    }

    /** Forgets the job before. */
    static void reset() {
        SOURCES.clear();
        GAUGES.clear();
        lastCheckpoint = 0;
    }

    /** Read by all subtasks of the source. */
    static long records() {
        long sum = 0;
        for (Counter counter : SOURCES) {
            sum += counter.getCount();
        }
        return sum;
    }

    /** Tells a checkpoint that was completed since; Flink counts savepoints among them, which write everything. */
    static void tellCheckpoint(Conversation conversation) {
        Gauge<?> id = GAUGES.get(CHECKPOINT_ID);
        if (id != null && ((Number) id.getValue()).longValue() > lastCheckpoint) {
            lastCheckpoint = ((Number) id.getValue()).longValue();
            if (!isSavepoint()) {
                conversation.value("checkpoint_millis", gauge(CHECKPOINT_MILLIS));
                conversation.value("checkpoint_bytes", gauge(CHECKPOINT_BYTES));
            }
        }
    }

    private static boolean isSavepoint() {
        Gauge<?> path = GAUGES.get(CHECKPOINT_PATH);
        return path != null && String.valueOf(path.getValue()).contains(LocalCluster.SAVEPOINTS);
    }

    private static double gauge(String name) {
        Gauge<?> gauge = GAUGES.get(name);
        return gauge == null ? Double.NaN : ((Number) gauge.getValue()).doubleValue();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && name.equals(RECORDS)) {
            String operator = group.getAllVariables().get(OPERATOR);
            if (operator != null && operator.startsWith(SOURCE)) {
                SOURCES.add(counter);
            }
        } else if (metric instanceof Gauge<?> gauge && CHECKPOINTS.contains(name)) {
            GAUGES.put(name, gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // An ended subtask's records stay read until the next job.
    }
}
