// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import dev.segmenter.model.calibrate.PrincipalAxes;
import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.Transform;
import dev.segmenter.quickstart.report.ReportData.Axis;
import dev.segmenter.quickstart.report.ReportData.Loading;
import dev.segmenter.quickstart.report.ReportData.MapPoint;
import dev.segmenter.quickstart.report.ReportData.SegmentMap;
import dev.segmenter.quickstart.report.UserPositions.Position;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Centroids and users of the last model on its two principal axes, in the frame that distances are measured in. */
final class CentroidMap {
    private static final int DIMENSIONS = 2;

    /** Fewer users than this say nothing about directions; the centroids alone do then. */
    private static final int LEAST_USERS = 50;

    private CentroidMap() {}

    /**
     * Draws the map.
     *
     * @param title from a feature's name to words
     */
    static SegmentMap of(
            CentroidSnapshot snapshot, List<Position> users, UnaryOperator<String> title) {
        CentroidModel model = CentroidModel.of(snapshot);
        List<double[]> centroids =
                IntStream.range(0, model.size()).mapToObj(j -> centroid(model, j)).toList();
        List<double[]> framed = users.stream().map(u -> framed(model, u.values())).toList();
        List<double[]> fitted = users.size() < LEAST_USERS ? join(centroids, framed) : framed;
        if (fitted.size() < 2) {
            return SegmentMap.EMPTY;
        }
        PrincipalAxes axes = PrincipalAxes.of(fitted);
        List<double[]> directions =
                IntStream.range(0, Math.min(DIMENSIONS, model.dimension()))
                        .mapToObj(axes::loadings)
                        .toList();
        List<MapPoint> centres = new ArrayList<>();
        for (int j = 0; j < model.size(); j++) {
            centres.add(point(model.segmentId(j), centroids.get(j), axes, directions));
        }
        List<MapPoint> sample = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            sample.add(point(users.get(i).segmentId(), framed.get(i), axes, directions));
        }
        return new SegmentMap(describe(axes, directions, snapshot, title), centres, sample);
    }

    private static List<double[]> join(List<double[]> first, List<double[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static double[] centroid(CentroidModel model, int slot) {
        return IntStream.range(0, model.dimension())
                .mapToDouble(i -> model.scaledCentroid(slot, i))
                .toArray();
    }

    private static double[] framed(CentroidModel model, double[] values) {
        List<String> transforms = model.snapshot().getTransforms();
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            String transform = transforms.get(i).toUpperCase(Locale.ROOT);
            vector[i] = Transform.valueOf(transform).apply(values[i]);
        }
        model.toFrame(vector, vector);
        return vector;
    }

    private static MapPoint point(
            int segmentId, double[] framed, PrincipalAxes axes, List<double[]> directions) {
        double x = axes.coordinate(framed, directions.get(0));
        double y = directions.size() > 1 ? axes.coordinate(framed, directions.get(1)) : 0;
        return new MapPoint(segmentId, rounded(x), rounded(y));
    }

    /** No screen shows more. */
    private static double rounded(double coordinate) {
        return Math.round(coordinate * 1000) / 1000.0;
    }

    private static List<Axis> describe(
            PrincipalAxes axes,
            List<double[]> directions,
            CentroidSnapshot snapshot,
            UnaryOperator<String> title) {
        List<Axis> described = new ArrayList<>();
        for (int axis = 0; axis < directions.size(); axis++) {
            double[] direction = directions.get(axis);
            List<Loading> loadings =
                    IntStream.range(0, direction.length)
                            .mapToObj(i -> loading(snapshot, i, direction[i], title))
                            .sorted(Loading.STRONGEST_FIRST)
                            .toList();
            described.add(new Axis(axes.share(axis), loadings));
        }
        return described;
    }

    private static Loading loading(
            CentroidSnapshot snapshot, int i, double weight, UnaryOperator<String> title) {
        String feature = snapshot.getFeatureNames().get(i);
        return new Loading(feature, title.apply(feature), weight);
    }
}
