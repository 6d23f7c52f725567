// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.cluster;

/** Slots by segment id, a positive number: a table with linear probing that allocates nothing when asked. */
final class SlotIndex {
    private static final int GOLDEN = 0x9E3779B9;

    private final int[] ids;
    private final int[] slots;
    private final int shift;

    SlotIndex(int[] segmentIds) {
        int bits = 33 - Integer.numberOfLeadingZeros(segmentIds.length);
        shift = Integer.SIZE - bits;
        ids = new int[1 << bits];
        slots = new int[1 << bits];
        for (int slot = 0; slot < segmentIds.length; slot++) {
            int at = placeOf(segmentIds[slot]);
            ids[at] = segmentIds[slot];
            slots[at] = slot;
        }
    }

    /** -1 for none. */
    int slotOf(int segmentId) {
        int at = placeOf(segmentId);
        return segmentId != 0 && ids[at] == segmentId ? slots[at] : -1;
    }

    /** Where the id is or would be: a place without one holds 0. */
    private int placeOf(int segmentId) {
        int at = (segmentId * GOLDEN) >>> shift;
        while (ids[at] != 0 && ids[at] != segmentId) {
            at = (at + 1) & (ids.length - 1);
        }
        return at;
    }
}
