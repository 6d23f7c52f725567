// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One measured window. */
record Repetition(long nanos, long records, long cpuNanos) {
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;

    static final Repetition NONE = new Repetition(0, 0, 0);

    Repetition plus(Sample from, Sample to) {
        return new Repetition(
                nanos + to.nanos() - from.nanos(),
                records + to.records() - from.records(),
                cpuNanos + to.cpuNanos() - from.cpuNanos());
    }

    double eventsPerSecond() {
        return records * NANOS / nanos;
    }

    double cpuSecondsPerMillion() {
        return cpuNanos / NANOS / (records / MILLION);
    }

    /** Whether two rates differ by at most this share of the greater. */
    boolean agrees(Repetition other, double share) {
        double a = eventsPerSecond();
        double b = other.eventsPerSecond();
        return Math.abs(a - b) <= share * Math.max(a, b);
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(List<Repetition> all, ToDoubleFunction<Repetition> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
