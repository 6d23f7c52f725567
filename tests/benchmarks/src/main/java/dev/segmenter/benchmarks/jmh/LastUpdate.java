// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.roll.OverflowIds;
import dev.segmenter.model.roll.RollOutput;

/** Keeps the last update that a roller reports, and no overflowing event id. */
final class LastUpdate implements RollOutput, OverflowIds {
    private UserUpdate update;

    UserUpdate update() {
        return update;
    }

    @Override
    public void update(UserUpdate latest) {
        update = latest;
    }

    @Override
    public void vote(Vote vote) {}

    @Override
    public void duplicate() {}

    @Override
    public void counted() {}

    @Override
    public void overQuota(String userId, long minuteStart, long count) {}

    @Override
    public boolean addIfAbsent(long eventIdHash, long eventTime) {
        return true;
    }

    @Override
    public void dropBefore(long eventTime) {}
}
