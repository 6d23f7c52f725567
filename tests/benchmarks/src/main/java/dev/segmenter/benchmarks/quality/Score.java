// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one method did on one data set and seed: a row of quality.json.
 *
 * @param sseRatio sum of squared distances to the nearest centroid over that of batch
 * @param ari adjusted Rand index with the truth, null where there is none
 * @param silhouette simplified, -1 to 1
 * @param pointsPerSecond of wall time: events of the segmenter, final vectors of the others
 */
public record Score(
        @JsonProperty("data_set") String dataSet,
        @JsonProperty("method") Method method,
        @JsonProperty("seed") long seed,
        @JsonProperty("sse_ratio") double sseRatio,
        @JsonProperty("ari") Double ari,
        @JsonProperty("silhouette") double silhouette,
        @JsonProperty("points_per_second") double pointsPerSecond) {

    /** Who found the segments. */
    public enum Method {
        /** The streaming job's arithmetic, on the events as they come. */
        @JsonProperty("segmenter")
        SEGMENTER("segmenter"),
        /** Our own batch k-means on the final vectors. */
        @JsonProperty("batch")
        BATCH("batch"),
        /** The batch k-means of Apache Commons Math on the final vectors. */
        @JsonProperty("commons-math")
        COMMONS_MATH("commons-math");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
