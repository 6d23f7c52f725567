// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.stability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.segmenter.model.assign.Guards;
import dev.segmenter.schemas.Cause;
import java.time.Duration;
import java.util.List;

/**
 * A row of the table and of stability.json.
 *
 * @param userDays that users spent in segments
 * @param changes moves per user and day, and those by cause
 * @param within1d A to B to A in at most a day
 * @param withinStay A to B to A sooner than the stay allows
 * @param real of those within seven days that are real cycles
 * @param misplaced share of the time in a segment that is not the nearest
 * @param excess mean distance to the own centroid over that to the nearest, less 1
 */
record Row(
        @JsonProperty("data_set") String dataSet,
        @JsonProperty("guards") String name,
        @JsonProperty("margin") double margin,
        @JsonProperty("stay_hours") long stayHours,
        @JsonProperty("confirmation_hours") long confirmationHours,
        @JsonProperty("user_days") double userDays,
        @JsonProperty("changes_per_user_day") double changes,
        @JsonProperty("behaviour_per_user_day") double behaviour,
        @JsonProperty("model_per_user_day") double model,
        @JsonProperty("returns_1d") long within1d,
        @JsonProperty("returns_3d") long within3d,
        @JsonProperty("returns_7d") long within7d,
        @JsonProperty("returns_within_stay") long withinStay,
        @JsonProperty("real_7d") long real,
        @JsonProperty("misplaced") double misplaced,
        @JsonProperty("excess") double excess) {

    private static final Duration WEEK = Duration.ofDays(7);

    static Row of(String dataSet, String name, Recording recording, Guards guards) {
        Outcome outcome = GuardTrial.run(recording, guards);
        Cycles cycles = new Cycles(recording);
        List<Return> week = outcome.returnsWithin(WEEK);
        return new Row(
                dataSet,
                name,
                guards.margin(),
                guards.stay().toHours(),
                guards.confirmation().toHours(),
                outcome.fidelity().userDays(),
                outcome.rate(),
                outcome.rate(Cause.BEHAVIOUR),
                outcome.rate(Cause.MODEL),
                outcome.returnsWithin(Duration.ofDays(1)).size(),
                outcome.returnsWithin(Duration.ofDays(3)).size(),
                week.size(),
                outcome.returnsWithinStay().size(),
                week.stream().filter(cycles::isReal).count(),
                outcome.fidelity().misplacedShare(),
                outcome.fidelity().excess());
    }
}
