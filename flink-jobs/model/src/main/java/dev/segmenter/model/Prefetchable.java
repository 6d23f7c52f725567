// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model;

/**
 * What can be read from memory ahead of its use, many of a kind at once, so that the waits for them overlap. Returned
 * sums mean nothing; they keep the compiler from leaving the reads out.
 */
public interface Prefetchable {
    /** Bytes that come from memory at once, on the processors of today. */
    int CACHE_LINE = 64;

    /** Reads the object itself. */
    long touch();

    /** Reads a number from each cache line of the arrays that the object, touched before, refers to. */
    long touchArrays();
}
