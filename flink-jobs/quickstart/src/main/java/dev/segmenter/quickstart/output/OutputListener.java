// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.output;

import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;

/** Hears what is exported: all versions of the model, then all members, then all changes. */
public interface OutputListener {
    /** A version of the model, in their order. */
    void snapshot(CentroidSnapshot snapshot);

    /** The last membership of a user who is in a segment. */
    void membership(SegmentMembership membership);

    /** A change; those of one user in their order. */
    void change(SegmentChange change);
}
