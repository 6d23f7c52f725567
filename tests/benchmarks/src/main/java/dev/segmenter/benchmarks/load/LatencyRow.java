// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Milliseconds from the intended sending of an event to its change being readable, as load.json has them. */
record LatencyRow(
        @JsonProperty("suite") String suite,
        @JsonProperty("variant") String variant,
        @JsonProperty("events_per_second") double eventsPerSecond,
        @JsonProperty("cpu_seconds_per_million") double cpuSecondsPerMillion,
        @JsonProperty("repetitions") int repetitions,
        @JsonProperty("p50_ms") double p50,
        @JsonProperty("p99_ms") double p99,
        @JsonProperty("p999_ms") double p999,
        @JsonProperty("max_ms") double max,
        @JsonProperty("changes") long changes,
        @JsonProperty("missing") long missing,
        @JsonProperty("limit_ms") double limit,
        @JsonProperty("conditions") Map<String, String> conditions) {
    private static final double MILLI = 1e3;

    static LatencyRow of(
            LatencyMode mode,
            Repetition load,
            Histogram micros,
            long expected,
            Map<String, String> conditions) {
        return new LatencyRow(
                "latency",
                mode.name(),
                load.eventsPerSecond(),
                load.cpuSecondsPerMillion(),
                1,
                micros.getValueAtPercentile(50) / MILLI,
                micros.getValueAtPercentile(99) / MILLI,
                micros.getValueAtPercentile(99.9) / MILLI,
                micros.getMaxValue() / MILLI,
                micros.getTotalCount(),
                expected - micros.getTotalCount(),
                mode.limitMillis(),
                conditions);
    }
}
