// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.model.event.Vote;
import java.util.List;

/**
 * What the calibration job brings together.
 *
 * @param votes of the sampled live users at the last event time, by priority
 * @param events admitted
 * @param users that these events are of
 * @param liveUsers of them that have not left by the last event time
 * @param flaggedUsers of the live ones over the quota, who do not vote
 * @param firstEventTime ms, of the admitted events
 * @param lastEventTime ms, the moment at which the users are looked at
 */
public record SampledUsers(
        List<Vote> votes,
        long events,
        long users,
        long liveUsers,
        long flaggedUsers,
        long firstEventTime,
        long lastEventTime) {

    public SampledUsers {
        votes = List.copyOf(votes);
    }
}
