// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.segmenter.benchmarks.quality.Score;

/**
 * How one method did on one generated stream and seed; null is what does not apply.
 *
 * @param score at the end of the stream
 * @param halfLivesToRecover after the change, of several the slowest; infinite if it did not
 * @param worstRatio greatest sum of squares over the reference's, after the warm-up
 * @param relabelledPerSnapshot mean share of the users who get another id from one batch to the next,
 *     after the warm-up, 0 to 1
 * @param relabelledTotal sum of those shares over all steps from the change on, users of a vanished
 *     cluster left out
 * @param relabelledAtOnce greatest of those shares
 * @param changedMeanings ids that came to mean another class
 * @param lostIds unmoved clusters that at the end have another id than at the change
 * @param driftAlarms raised in the whole stream
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StreamScore(
        @JsonUnwrapped Score score,
        @JsonProperty("half_lives_to_recover") Double halfLivesToRecover,
        @JsonProperty("worst_sse_ratio") Double worstRatio,
        @JsonProperty("relabelled_per_snapshot") Double relabelledPerSnapshot,
        @JsonProperty("relabelled_total") Double relabelledTotal,
        @JsonProperty("relabelled_at_once") Double relabelledAtOnce,
        @JsonProperty("changed_meanings") Integer changedMeanings,
        @JsonProperty("lost_ids") Integer lostIds,
        @JsonProperty("drift_alarms") Integer driftAlarms) {

    /** Of a method that sees the end alone. */
    static StreamScore of(Score score) {
        return new StreamScore(score, null, null, null, null, null, null, null, null);
    }
}
