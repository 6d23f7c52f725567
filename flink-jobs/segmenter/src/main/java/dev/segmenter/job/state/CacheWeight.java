// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

/**
 * Estimates the heap that a user in the cache takes, from the bytes of its value when it was last read
 * or written: exact sizes would have to be counted with each event.
 *
 * @param empty bytes of a value in which nothing has happened yet
 * @param perStoredByte bytes on the heap for each byte of the stored form
 */
public record CacheWeight(int empty, int perStoredByte) {
    /** Entry, its place in the index and the marks there, key without its characters. */
    private static final int USER = 160;

    private static final int ARRAY = 16;

    int of(String userId, Timed<?> value, byte[] packed) {
        int decoded = value == null ? 0 : empty + perStoredByte * value.storedBytes();
        return USER + userId.length() + decoded + (packed == null ? 0 : ARRAY + packed.length);
    }
}
