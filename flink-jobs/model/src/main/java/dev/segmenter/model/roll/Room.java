// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/** Which arrays serve a state that is read into another one. */
final class Room {
    private static final int SMALL = 16;

    private Room() {}

    /** Whether an array of this length is to hold so many: one far too long would stay with a user of few panes. */
    static boolean serves(int length, int size) {
        return length >= size && length <= SMALL + 4 * size;
    }
}
