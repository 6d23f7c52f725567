// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.functions;

import dev.segmenter.model.event.UserUpdate;
import dev.segmenter.model.event.Vote;
import dev.segmenter.model.roll.RollOutput;

/** For those who only ask for the values at the end. */
enum Silent implements RollOutput {
    OUTPUT;

    @Override
    public void update(UserUpdate update) {}

    @Override
    public void vote(Vote vote) {}

    @Override
    public void duplicate() {}

    @Override
    public void counted() {}

    @Override
    public void overQuota(String userId, long minuteStart, long count) {}
}
