// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tries every K, and the other clusterings beside, on one sample of users. Equal input gives equal output. */
public final class Calibrator {
    /** Neighbours that the density at a point is judged by; HDBSCAN's usual choice is of this order. */
    private static final int NEIGHBOURS = 10;

    private final Points points;
    private final boolean spherical;
    private final CalibrationOptions options;

    /** Points in the frame; on unit vectors with {@code spherical}. Refuses a sample too small for the K asked for. */
    public Calibrator(Points points, boolean spherical, CalibrationOptions options) {
        options.requireFit(points);
        this.points = points;
        this.spherical = spherical;
        this.options = options;
    }

    public Calibration run() {
        KSweep sweep = new KSweep(points, spherical, options);
        Hierarchy hierarchy =
                Hierarchy.of(points, spherical, options.microClusters(), options.seed());
        List<KFigures> byK = sweep.figures(hierarchy);
        KFigures recommended = KChoice.of(byK);
        int k = options.k().orElse(recommended.k());
        BestOfSeeds model = sweep.fit(k);
        DensityClusters density =
                DensityClusters.of(points, options.minClusterSizeOf(points.size()), NEIGHBOURS);
        TreeFigures tree = treeFigures(hierarchy, model, k);
        DensityFigures dense = densityFigures(density, model);
        Integer elbow = elbow(byK);
        int daviesBouldin =
                byK.stream()
                        .min(Comparator.comparingDouble(KFigures::daviesBouldin))
                        .orElseThrow()
                        .k();
        Recommendation words =
                new RecommendationWords(byK, recommended, elbow, daviesBouldin, tree, dense)
                        .write();
        return new Calibration(
                k,
                byK,
                elbow,
                daviesBouldin,
                tree,
                dense,
                words,
                model.centroids(),
                model.labels(),
                density.labels());
    }

    /** With the inertia of one cluster before the range begins at 2, else K = 2 could never be the elbow. */
    private Integer elbow(List<KFigures> byK) {
        DoubleStream.Builder ks = DoubleStream.builder();
        DoubleStream.Builder inertias = DoubleStream.builder();
        boolean fromOne = options.minK() == 2;
        if (fromOne) {
            ks.add(1);
            inertias.add(points.sse(points.mean(), new int[points.size()]));
        }
        byK.forEach(figures -> ks.add(figures.k()));
        byK.forEach(figures -> inertias.add(figures.sse()));
        OptionalInt index = Elbow.ofDecreasing(ks.build().toArray(), inertias.build().toArray());
        return index.isPresent() ? byK.get(index.getAsInt() - (fromOne ? 1 : 0)).k() : null;
    }

    private TreeFigures treeFigures(Hierarchy hierarchy, BestOfSeeds model, int k) {
        int leaves = hierarchy.tree().leaves();
        int[][] members = new int[leaves][k];
        for (int i = 0; i < points.size(); i++) {
            members[hierarchy.leaf()[i]][model.labels()[i]]++;
        }
        List<TreeFigures.Leaf> figures = new ArrayList<>();
        for (int[] leaf : members) {
            figures.add(new TreeFigures.Leaf(Arrays.stream(leaf).sum(), most(leaf)));
        }
        return new TreeFigures(
                hierarchy.tree().longestBranch(options.minK(), options.maxK()),
                AdjustedRandIndex.of(hierarchy.cut(k), model.labels()),
                figures,
                hierarchy.tree().merges());
    }

    private static int most(int[] counts) {
        int most = 0;
        for (int j = 1; j < counts.length; j++) {
            most = counts[j] > counts[most] ? j : most;
        }
        return most;
    }

    private DensityFigures densityFigures(DensityClusters density, BestOfSeeds model) {
        int[] labels = density.labels();
        int[] within =
                IntStream.range(0, labels.length)
                        .filter(i -> labels[i] != DensityClusters.NOISE)
                        .toArray();
        Double agreement =
                density.sizes().length < 2
                        ? null
                        : (Double)
                                AdjustedRandIndex.of(
                                        pick(labels, within), pick(model.labels(), within));
        ReachabilityPlot plot = ReachabilityPlot.of(points, NEIGHBOURS);
        List<DensityFigures.Step> steps = new ArrayList<>();
        for (int step = 0; step < labels.length; step++) {
            int i = plot.order()[step];
            steps.add(
                    new DensityFigures.Step(
                            plot.reachability()[step], labels[i], model.labels()[i]));
        }
        return new DensityFigures(
                options.minClusterSizeOf(labels.length),
                NEIGHBOURS,
                Arrays.stream(density.sizes()).boxed().toList(),
                density.noise(),
                density.noise() / (double) labels.length,
                agreement,
                steps);
    }

    private static int[] pick(int[] labels, int[] indices) {
        return Arrays.stream(indices).map(i -> labels[i]).toArray();
    }
}
