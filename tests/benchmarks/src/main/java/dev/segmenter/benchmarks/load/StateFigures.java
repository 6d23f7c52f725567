// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the whole job's state and checkpoints come to. */
final class StateFigures {
    /** Mean bytes of a user's entries in a canonical savepoint, keys and timers included, uncompressed. */
    static final String BYTES_PER_USER = "state_bytes_per_user";

    /** Of completed checkpoints, s. */
    static final String CHECKPOINT_P99 = "checkpoint_seconds_p99";

    static final String CHECKPOINT_BYTES = "checkpoint_bytes";
    static final String RECOVERY = "recovery_seconds";
    static final String USERS = "users_in_state";

    private StateFigures() {}

    static Map<String, Double> of(VariantRun.Result result, LoadOptions options) {
        Map<String, Double> figures = new TreeMap<>();
        List<Double> durations = result.values().getOrDefault("checkpoint_millis", List.of());
        if (!durations.isEmpty()) {
            double[] millis = durations.stream().mapToDouble(Double::doubleValue).toArray();
            figures.put(CHECKPOINT_P99, percentile(millis, 0.99) / 1000);
            figures.put("checkpoints", (double) millis.length);
            figures.put(CHECKPOINT_BYTES, result.last("checkpoint_bytes"));
        }
        double bytes = result.last("savepoint_bytes");
        if (!Double.isNaN(bytes)) {
            long users = LoadTopic.usersAmong((long) result.last("savepoint_records"), options);
            figures.put(USERS, (double) users);
            figures.put(BYTES_PER_USER, bytes / users);
        }
        if (!Double.isNaN(result.last(RECOVERY))) {
            figures.put(RECOVERY, result.last(RECOVERY));
        }
        return figures;
    }

    /** The least figure that this share of all does not exceed (nearest rank). */
    static double percentile(double[] figures, double share) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
