// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** Metrics as a reporter would see them, by name. */
final class RecordedMetrics {
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

    TaskMetricGroup taskGroup() {
        TestingMetricRegistry registry =
                TestingMetricRegistry.builder()
                        .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
                        .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(
                        registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
    }

    long count(String counter) {
        return ((Counter) metrics.get(counter)).getCount();
    }

    double figure(String gauge) {
        return ((Number) ((Gauge<?>) metrics.get(gauge)).getValue()).doubleValue();
    }

    long gauge(String gauge) {
        return ((Number) ((Gauge<?>) metrics.get(gauge)).getValue()).longValue();
    }
}
