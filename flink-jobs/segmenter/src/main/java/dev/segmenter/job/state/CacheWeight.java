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
    /** Place, marks, numbers, its part of the table, of the timers and of what is to be written, and the head of its entry. */
    private static final int USER = 136;

    /** Of a user whose id and stored form are in an entry of that length; null if nothing of it is decoded. */
    int of(int entryLength, Timed<?> value) {
        return USER
                + entryLength
                + (value == null ? 0 : empty + perStoredByte * value.storedBytes());
    }
}
