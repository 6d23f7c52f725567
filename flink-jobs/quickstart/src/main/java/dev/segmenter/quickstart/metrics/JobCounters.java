// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.metrics;

import dev.segmenter.job.MetricNames;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;

/**
 * The job's own counters, summed over subtasks, also after the subtasks have ended. After a failure what is
 * processed again is counted again.
 */
public final class JobCounters {
    private static final Map<String, JobCounters> REGISTRY = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<String, Long> ended = new HashMap<>();
    private final IdentityHashMap<Counter, String> running = new IdentityHashMap<>();

    private JobCounters() {}

    /** Counters of one cluster of this process, fed by the reporter that the settings declare. */
    public static JobCounters install(Configuration settings) {
        JobCounters counters = new JobCounters();
        REGISTRY.put(counters.id, counters);
        String reporter = "metrics.reporter.quickstart.";
        settings.setString(reporter + "factory.class", JobCountersReporterFactory.class.getName());
        settings.setString(reporter + JobCountersReporterFactory.ID, counters.id);
        return counters;
    }

    /** Sum of a counter, by one of the names in {@link MetricNames}. */
    public synchronized long value(String name) {
        long sum = ended.getOrDefault(name, 0L);
        for (Map.Entry<Counter, String> entry : running.entrySet()) {
            if (entry.getValue().equals(name)) {
                sum += entry.getKey().getCount();
            }
        }
        return sum;
    }

    static JobCounters byId(String id) {
        JobCounters counters = REGISTRY.get(id);
        if (counters == null) {
            throw new IllegalStateException("no counters are installed under " + id);
        }
        return counters;
    }

    synchronized void add(String name, Counter counter) {
        running.put(counter, name);
    }

    synchronized void remove(Counter counter) {
        String name = running.remove(counter);
        if (name != null) {
            ended.merge(name, counter.getCount(), Long::sum);
        }
    }
}
