// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;

/** Where only the final state counts. */
public final class IgnoredDecisions implements AssignOutput {
    @Override
    public void change(SegmentChange change) {}

    @Override
    public void membership(SegmentMembership membership) {}

    @Override
    public void left(String userId) {}
}
