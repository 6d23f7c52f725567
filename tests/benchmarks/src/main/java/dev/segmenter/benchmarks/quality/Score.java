// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one method did on one data set and seed: a row of quality.json.
 *
 * @param sseRatio sum of squared distances to the nearest centroid over that of batch
 * @param ari adjusted Rand index with the truth, null where there is none
 * @param silhouette -1 to 1: simplified for populations of events, exact on a sample for sets of points
 * @param pointsPerSecond of wall time: for populations events of the segmenter and final vectors of
 *     the others
 * @param centroids k x d, of seed 1 alone and otherwise null; a set of points has them in its own
 *     units, a population in sigmas
 */
public record Score(
        @JsonProperty("data_set") String dataSet,
        @JsonProperty("method") Method method,
        @JsonProperty("seed") long seed,
        @JsonProperty("sse_ratio") double sseRatio,
        @JsonProperty("ari") Double ari,
        @JsonProperty("silhouette") double silhouette,
        @JsonProperty("points_per_second") double pointsPerSecond,
        @JsonProperty("centroids") @JsonInclude(JsonInclude.Include.NON_NULL)
                double[][] centroids) {

    /** Who found the segments. */
    public enum Method {
        /** The streaming job's arithmetic, on the events or points as they come. */
        @JsonProperty("segmenter")
        SEGMENTER("segmenter"),
        /** The same, in the scale of the points that the model starts from, and winsorised. */
        @JsonProperty("segmenter-own-scale")
        SEGMENTER_OWN_SCALE("segmenter-own-scale"),
        /** Spark MLlib's StreamingKMeans from the start that all have. */
        @JsonProperty("spark")
        SPARK("spark"),
        /** Spark MLlib's StreamingKMeans from random centres. */
        @JsonProperty("spark-random")
        SPARK_RANDOM("spark-random"),
        /** scikit-learn's MiniBatchKMeans.partial_fit from the start that all have. */
        @JsonProperty("sklearn")
        SKLEARN("sklearn"),
        /** scikit-learn's MiniBatchKMeans.partial_fit with its own k-means++. */
        @JsonProperty("sklearn-own-start")
        SKLEARN_OWN_START("sklearn-own-start"),
        /** Our own batch k-means on all points or final vectors. */
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
