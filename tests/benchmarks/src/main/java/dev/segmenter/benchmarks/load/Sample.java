// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.load;

/**
 * What a variant's process had done at a moment.
 *
 * @param nanos of its monotonic clock
 * @param records read from the topic since the pass began
 * @param cpuNanos of the process since its start, all threads
 */
public record Sample(long nanos, long records, long cpuNanos) {

    /** Of a line "sample NANOS RECORDS CPU_NANOS". */
    static Sample parse(String line) {
        String[] words = line.split(" ", -1);
        return new Sample(
                Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}
