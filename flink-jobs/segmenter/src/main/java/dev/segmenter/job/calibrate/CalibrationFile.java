// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segmenter.model.calibrate.DensityFigures;
import dev.segmenter.model.calibrate.KFigures;
import dev.segmenter.model.calibrate.Recommendation;
import dev.segmenter.model.calibrate.TreeFigures;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * All figures of a calibration, as calibration.json has them, names in snake case; docs/calibration.md explains
 * each. It names no user.
 *
 * @param time event time at which users are looked at, ISO 8601
 * @param modelVersion version of snapshot.avro
 * @param published whether that version is on the topic of snapshots
 * @param k of the model: the one asked for, else the recommended
 * @param byK figures of each K tried
 * @param elbowK elbow of the inertia, null if there is none
 * @param daviesBouldinK with the least Davies-Bouldin index
 * @param segments of the model
 * @param axes the two principal axes
 * @param points the sampled users on the axes
 */
public record CalibrationFile(
        String input,
        String time,
        String observedSince,
        Users users,
        List<Feature> features,
        String measure,
        long seed,
        String modelName,
        long modelVersion,
        String modelId,
        boolean published,
        int k,
        Recommendation recommendation,
        List<KFigures> byK,
        Integer elbowK,
        int daviesBouldinK,
        TreeFigures tree,
        DensityFigures density,
        List<Segment> segments,
        List<Axis> axes,
        List<Point> points) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    /**
     * How many there are.
     *
     * @param events admitted
     * @param seen users that these are of
     * @param live of them that had not left
     * @param flagged of the live ones over the quota, who take no part
     * @param sampled that all figures are computed on
     * @param leftOut of the sample for want of a direction, under the cosine measure
     */
    public record Users(
            long events, long seen, long live, long flagged, int sampled, int leftOut) {}

    /** A clustered feature: mean and sigma of its transformed values, 0 where it takes no part. */
    public record Feature(String name, String title, double mean, double sigma) {}

    /**
     * One cluster of the model.
     *
     * @param cluster its number in labels elsewhere in the file, 0 and up
     * @param users of the sample
     */
    public record Segment(
            int id, int cluster, String label, int users, double share, String sentence) {}

    /** A principal axis: its share of the variance and what it is made of, strongest first. */
    public record Axis(double share, List<Loading> loadings) {}

    /** Weight of a feature in an axis, -1 to 1. */
    public record Loading(String feature, String title, double weight) {}

    /** A user: where it is, its cluster in the model, its density cluster or -1. */
    public record Point(double x, double y, int cluster, int density) {}

    /** As JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
