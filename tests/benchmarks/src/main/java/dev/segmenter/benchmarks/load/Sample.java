// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

/**
 * What a variant's process had done at a moment.
 *
 * @param nanos of its monotonic clock
 * @param records read from the topic since the pass began
 * @param cpuNanos of the process since its start, all threads
 */
public record Sample(long nanos, long records, long cpuNanos) {}
