// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One variant's figures, as load.json has them: medians, and the least and the greatest. */
record LoadRow(
        @JsonProperty("suite") String suite,
        @JsonProperty("variant") String variant,
        @JsonProperty("events_per_second") double eventsPerSecond,
        @JsonProperty("events_per_second_min") double eventsPerSecondMin,
        @JsonProperty("events_per_second_max") double eventsPerSecondMax,
        @JsonProperty("cpu_seconds_per_million") double cpuSecondsPerMillion,
        @JsonProperty("cpu_seconds_per_million_min") double cpuSecondsPerMillionMin,
        @JsonProperty("cpu_seconds_per_million_max") double cpuSecondsPerMillionMax,
        @JsonProperty("repetitions") int repetitions,
        @JsonProperty("settled") boolean settled,
        @JsonProperty("figures") Map<String, Double> figures,
        @JsonProperty("conditions") Map<String, String> conditions) {

    static LoadRow of(
            String suite,
            String variant,
            VariantRun.Result result,
            Map<String, Double> figures,
            Map<String, String> conditions) {
        List<Repetition> all = result.repetitions();
        // A window in which the job stood still has a rate, but no cost of an event.
        List<Repetition> moving = all.stream().filter(one -> one.records() > 0).toList();
        if (moving.isEmpty()) {
            throw new IllegalStateException(
                    variant + ": no event was read in any window; see its process.log");
        }
        return new LoadRow(
                suite,
                variant,
                Repetition.median(all, Repetition::eventsPerSecond),
                all.stream().mapToDouble(Repetition::eventsPerSecond).min().orElseThrow(),
                all.stream().mapToDouble(Repetition::eventsPerSecond).max().orElseThrow(),
                Repetition.median(moving, Repetition::cpuSecondsPerMillion),
                moving.stream().mapToDouble(Repetition::cpuSecondsPerMillion).min().orElseThrow(),
                moving.stream().mapToDouble(Repetition::cpuSecondsPerMillion).max().orElseThrow(),
                all.size(),
                result.settled(),
                new TreeMap<>(figures),
                new TreeMap<>(conditions));
    }
}
