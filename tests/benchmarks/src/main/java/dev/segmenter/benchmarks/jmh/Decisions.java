// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.assign.AssignOutput;
import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;

/** Counts decisions. */
final class Decisions implements AssignOutput {
    long changes;
    long memberships;

    @Override
    public void change(SegmentChange change) {
        changes++;
    }

    @Override
    public void membership(SegmentMembership membership) {
        memberships++;
    }

    @Override
    public void left(String userId) {}
}
