// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;

/** Where decisions go, in the order in which they hold. */
public interface AssignOutput {
    /** A user entered, moved between or left segments. */
    void change(SegmentChange change);

    /** The segment a user is in now. */
    void membership(SegmentMembership membership);

    /** The user is gone: a tombstone for the membership. */
    void left(String userId);
}
