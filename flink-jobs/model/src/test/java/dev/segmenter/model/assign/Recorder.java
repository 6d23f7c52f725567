// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.assign;

import dev.segmenter.schemas.SegmentChange;
import dev.segmenter.schemas.SegmentMembership;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was decided, by kind and in one sequence. */
final class Recorder implements AssignOutput {
    final List<SegmentChange> changes = new ArrayList<>();
    final List<SegmentMembership> memberships = new ArrayList<>();
    final List<String> left = new ArrayList<>();
    final List<Object> all = new ArrayList<>();

    @Override
    public void change(SegmentChange change) {
        changes.add(change);
        all.add(change);
    }

    @Override
    public void membership(SegmentMembership membership) {
        memberships.add(membership);
        all.add(membership);
    }

    @Override
    public void left(String userId) {
        left.add(userId);
        all.add("left " + userId);
    }

    SegmentChange lastChange() {
        return changes.get(changes.size() - 1);
    }

    SegmentMembership lastMembership() {
        return memberships.get(memberships.size() - 1);
    }
}
