// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.calibrate;

import dev.segmenter.job.calibrate.CalibrationFile.Axis;
import dev.segmenter.job.calibrate.CalibrationFile.Feature;
import dev.segmenter.job.calibrate.CalibrationFile.Loading;
import dev.segmenter.job.calibrate.CalibrationFile.Point;
import dev.segmenter.job.calibrate.CalibrationFile.Segment;
import dev.segmenter.job.config.SegmenterConfig;
import dev.segmenter.model.calibrate.Calibration;
import dev.segmenter.model.calibrate.Points;
import dev.segmenter.model.calibrate.PrincipalAxes;
import dev.segmenter.model.explain.FeatureWords;
import dev.segmenter.model.explain.SegmentProfile;
import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.schemas.CentroidSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Brings a calibration into the form of its file. */
final class CalibrationWriter {
    private static final int AXES = 2;

    private final SegmenterConfig config;
    private final FeatureSet features;
    private final FeatureWords words;
    private final SampledUsers users;
    private final Points points;
    private final Calibration calibration;
    private final CentroidSnapshot snapshot;

    CalibrationWriter(
            SegmenterConfig config,
            SampledUsers users,
            Points points,
            Calibration calibration,
            CentroidSnapshot snapshot) {
        this.config = config;
        this.features = config.features();
        this.words = new FeatureWords(features);
        this.users = users;
        this.points = points;
        this.calibration = calibration;
        this.snapshot = snapshot;
    }

    CalibrationFile file(String input, boolean published) {
        PrincipalAxes axes = PrincipalAxes.of(rows());
        List<double[]> directions =
                IntStream.range(0, Math.min(AXES, points.d())).mapToObj(axes::loadings).toList();
        return new CalibrationFile(
                input,
                Instant.ofEpochMilli(users.lastEventTime()).toString(),
                Instant.ofEpochMilli(users.firstEventTime()).toString(),
                new CalibrationFile.Users(
                        users.events(),
                        users.users(),
                        users.liveUsers(),
                        users.flaggedUsers(),
                        points.size(),
                        users.votes().size() - points.size()),
                clustered(),
                config.trainer().measure(),
                config.calibration().seed(),
                snapshot.getModelName(),
                snapshot.getVersion(),
                snapshot.getModelId(),
                published,
                calibration.k(),
                calibration.recommendation(),
                calibration.byK(),
                calibration.elbowK(),
                calibration.daviesBouldinK(),
                calibration.tree(),
                calibration.density(),
                segments(),
                described(axes, directions),
                placed(axes, directions));
    }

    private List<double[]> rows() {
        int d = points.d();
        return IntStream.range(0, points.size())
                .mapToObj(i -> Arrays.copyOfRange(points.rows(), i * d, (i + 1) * d))
                .toList();
    }

    private List<Feature> clustered() {
        return IntStream.range(0, features.dimension())
                .mapToObj(
                        i ->
                                new Feature(
                                        features.clusteredFeature(i).name(),
                                        title(i),
                                        snapshot.getMean().get(i),
                                        snapshot.getSigma().get(i)))
                .toList();
    }

    private String title(int i) {
        return words.title(features.clusteredFeature(i));
    }

    private List<Segment> segments() {
        int[] sizes = new int[snapshot.getCentroids().size()];
        for (int label : calibration.labels()) {
            sizes[label]++;
        }
        List<SegmentProfile> profiles = SegmentProfile.of(snapshot, features);
        return IntStream.range(0, sizes.length)
                .mapToObj(
                        j ->
                                new Segment(
                                        profiles.get(j).segmentId(),
                                        j,
                                        profiles.get(j).label(),
                                        sizes[j],
                                        sizes[j] / (double) points.size(),
                                        profiles.get(j).sentence()))
                .toList();
    }

    private List<Axis> described(PrincipalAxes axes, List<double[]> directions) {
        List<Axis> described = new ArrayList<>();
        for (int axis = 0; axis < directions.size(); axis++) {
            double[] direction = directions.get(axis);
            List<Loading> loadings =
                    IntStream.range(0, direction.length)
                            .mapToObj(
                                    i ->
                                            new Loading(
                                                    features.clusteredFeature(i).name(),
                                                    title(i),
                                                    direction[i]))
                            .sorted(
                                    Comparator.comparingDouble(
                                            loading -> -Math.abs(loading.weight())))
                            .toList();
            described.add(new Axis(axes.share(axis), loadings));
        }
        return described;
    }

    private List<Point> placed(PrincipalAxes axes, List<double[]> directions) {
        List<double[]> rows = rows();
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i ->
                                new Point(
                                        rounded(axes.coordinate(rows.get(i), directions.get(0))),
                                        directions.size() < AXES
                                                ? 0
                                                : rounded(
                                                        axes.coordinate(
                                                                rows.get(i), directions.get(1))),
                                        calibration.labels()[i],
                                        calibration.densityLabels()[i]))
                .toList();
    }

    /** No screen shows more. */
    private static double rounded(double coordinate) {
        return Math.round(coordinate * 1000) / 1000.0;
    }
}
