// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

/** One life of one user: panes, recent event ids, clock. Mutable; changed by FeatureRoller only. */
public final class UserState {
    boolean gone;
    long next;

    UserState() {}
}
