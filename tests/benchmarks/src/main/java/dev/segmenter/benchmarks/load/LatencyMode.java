// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import dev.segmenter.job.config.SegmenterOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * A delivery whose latency is measured.
 *
 * @param limitMillis what its p99 must not exceed
 */
record LatencyMode(String name, boolean exactlyOnce, long checkpointSeconds, double limitMillis) {
    private static final double MARGIN_MILLIS = 200;
    private static final double IMMEDIATE_MILLIS = 50;

    static LatencyMode immediate() {
        return new LatencyMode("immediate, at-least-once", false, 10, IMMEDIATE_MILLIS);
    }

    /** Changes are readable after the next checkpoint. */
    static LatencyMode exactlyOnce(long checkpointSeconds) {
        return new LatencyMode(
                "exactly-once, checkpoints every " + checkpointSeconds + " s",
                true,
                checkpointSeconds,
                checkpointSeconds * 1_000 + MARGIN_MILLIS);
    }

    /** Options of the job: a first segment waits for no confirmation, so that its change happens at its event. */
    Map<String, String> job() {
        Map<String, String> job = new HashMap<>();
        job.put(SegmenterOptions.CONFIRMATION.key(), "0 s");
        // The most active users are above it at this density: all events are to count.
        job.put(SegmenterOptions.QUOTA.key(), "100000000");
        job.put(SegmenterOptions.CHECKPOINT_INTERVAL.key(), checkpointSeconds + " s");
        job.put(
                SegmenterOptions.GUARANTEE.key(),
                (exactlyOnce
                                ? SegmenterOptions.Guarantee.EXACTLY_ONCE
                                : SegmenterOptions.Guarantee.AT_LEAST_ONCE)
                        .toString());
        return job;
    }
}
