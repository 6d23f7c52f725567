// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

/**
 * Another structure for a model's slots: at most one segment more, one merged into another, one gone. Its
 * rows are the slots that stay, in their order, then the new one.
 *
 * @param slots of the model
 * @param added whether there is a new row
 * @param mergedInto slot that takes in {@code merged}, or -1
 * @param merged slot that goes with it, or -1
 * @param dying slot that goes without it, or -1
 * @param rows k x d, in the frame
 */
record Restructuring(
        int slots, boolean added, int mergedInto, int merged, int dying, double[] rows) {
    static final int NONE = -1;

    /** Row of a slot that stays. */
    int row(int slot) {
        return slot
                - (merged != NONE && merged < slot ? 1 : 0)
                - (dying != NONE && dying < slot ? 1 : 0);
    }

    boolean stays(int slot) {
        return slot != merged && slot != dying;
    }

    /** The new row, or -1. */
    int addedRow() {
        return added ? row(slots) : NONE;
    }

    /** The same structure with other rows. */
    Restructuring at(double[] moved) {
        return new Restructuring(slots, added, mergedInto, merged, dying, moved);
    }
}
