// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.explain;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.feature.FeatureSpec;
import dev.segmenter.schemas.Centroid;
import dev.segmenter.schemas.CentroidSnapshot;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The centroids of one model version beside the population's mean, which is their mean by weight: a frame's
 * own mean stays where it is while the population moves on.
 */
public final class Population {
    /** Deviation from which a feature is worth a word, in sigmas. */
    public static final double NOTABLE_SIGMAS = 0.5;

    /** Share by which two means differ before one may be called higher. */
    private static final double NOTICEABLE = 0.01;

    private static final int ABSENT = -1;

    private final List<String> columns;
    private final List<Double> sigma;
    private final List<Centroid> centroids;
    private final FeatureSet features;
    private final double weight;

    /** Features that the snapshot lacks have no deviation and no mean. */
    public Population(CentroidSnapshot snapshot, FeatureSet features) {
        this(snapshot.getFeatureNames(), snapshot.getSigma(), snapshot.getCentroids(), features);
    }

    /** The same of a snapshot yet to be written: names and sigmas of its d columns, and its centroids. */
    public Population(
            List<String> columns,
            List<Double> sigma,
            List<Centroid> centroids,
            FeatureSet features) {
        this.columns = columns;
        this.sigma = sigma;
        this.centroids = centroids;
        this.features = features;
        this.weight = centroids.stream().mapToDouble(Centroid::getWeight).sum();
    }

    /** Share of a segment's votes in all, 0 to 1. */
    public double share(int slot) {
        return weight > 0 ? centroids.get(slot).getWeight() / weight : 1.0 / centroids.size();
    }

    /**
     * Deviations of a segment's centroid from the population in sigmas, one a clustered feature (d). 0 where
     * the feature is inactive, and where the means in own units do not point the same way: a word
     * that the figures deny would only confuse.
     */
    public double[] deviations(int slot) {
        double[] deviations = new double[features.dimension()];
        for (int i = 0; i < deviations.length; i++) {
            FeatureSpec feature = features.clusteredFeature(i);
            int column = columns.indexOf(feature.name());
            if (column != ABSENT && sigma.get(column) > 0) {
                double deviation =
                        (centroids.get(slot).getVector().get(column)
                                        - mean(c -> c.getVector().get(column)))
                                / sigma.get(column);
                boolean agrees = tells(value(slot, feature), value(feature), deviation > 0);
                deviations[i] = agrees ? deviation : 0;
            }
        }
        return deviations;
    }

    private static boolean tells(double value, double population, boolean higher) {
        double apart = higher ? value - population : population - value;
        return apart > NOTICEABLE * Math.max(Math.abs(value), Math.abs(population));
    }

    /** A segment's mean of a feature, own units; NaN if the snapshot does not say. */
    public double value(int slot, FeatureSpec feature) {
        return valueOf(centroids.get(slot), feature, hasMeans(feature));
    }

    /** The population's mean of a feature, own units; NaN if the snapshot does not say. */
    public double value(FeatureSpec feature) {
        boolean means = hasMeans(feature);
        return mean(c -> valueOf(c, feature, means));
    }

    /** Without means of all segments, those of the transformed values are the nearest to them. */
    private double valueOf(Centroid centroid, FeatureSpec feature, boolean means) {
        if (means) {
            return centroid.getProfile().get(feature.name());
        }
        int column = columns.indexOf(feature.name());
        return column == ABSENT
                ? Double.NaN
                : feature.transform().invert(centroid.getVector().get(column));
    }

    private boolean hasMeans(FeatureSpec feature) {
        return centroids.stream().allMatch(c -> c.getProfile().containsKey(feature.name()));
    }

    private double mean(ToDoubleFunction<Centroid> number) {
        double mean = 0;
        for (int slot = 0; slot < centroids.size(); slot++) {
            mean += share(slot) * number.applyAsDouble(centroids.get(slot));
        }
        return mean;
    }
}
