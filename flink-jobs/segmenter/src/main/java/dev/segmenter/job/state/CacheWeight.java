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
    /** Entry, place in the table, key without its characters. */
    private static final int USER = 160;

    int of(String userId, Timed<?> value) {
        int known = USER + userId.length();
        return value == null ? known : known + empty + perStoredByte * value.storedBytes();
    }
}
