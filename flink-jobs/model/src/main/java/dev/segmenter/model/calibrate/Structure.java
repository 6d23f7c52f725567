// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

/** Whether the users fall into groups at all. */
public enum Structure {
    /** No better than cutting up users without groups. */
    NONE,
    /** A little better, or not the same from sample to sample. */
    WEAK,
    /** Clearly better, and the same from sample to sample. */
    CLEAR;

    /** Lead over the reference from which there is more than chance; clouds without groups stay within 0.02. */
    static final double WEAK_EXCESS = 0.03;

    static final double CLEAR_EXCESS = 0.08;
    static final double CLEAR_STABILITY = 0.75;

    static Structure of(KFigures figures) {
        if (figures.excess() < WEAK_EXCESS) {
            return NONE;
        }
        boolean clear = figures.excess() >= CLEAR_EXCESS && figures.stability() >= CLEAR_STABILITY;
        return clear ? CLEAR : WEAK;
    }
}
