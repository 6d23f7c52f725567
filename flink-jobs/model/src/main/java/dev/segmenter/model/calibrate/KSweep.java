// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import dev.segmenter.model.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Tries every K of a range on the same points. Each K has its own random numbers, so that their order is no matter. */
final class KSweep {
    /** Starts of each bootstrap's fit. */
    private static final int BOOTSTRAP_RESTARTS = 5;

    private final Points points;
    private final boolean spherical;
    private final CalibrationOptions options;
    private final List<BestOfSeeds> fits;

    KSweep(Points points, boolean spherical, CalibrationOptions options) {
        this.points = points;
        this.spherical = spherical;
        this.options = options;
        this.fits =
                range().parallel()
                        .mapToObj(
                                k ->
                                        BestOfSeeds.of(
                                                points,
                                                k,
                                                spherical,
                                                options.seeds(),
                                                options.seed()))
                        .toList();
    }

    private IntStream range() {
        return IntStream.rangeClosed(options.minK(), options.maxK());
    }

    /** The best fit with k centroids. */
    BestOfSeeds fit(int k) {
        return fits.get(k - options.minK());
    }

    /** The figures by K, with those of the tree's cuts beside. */
    List<KFigures> figures(Hierarchy tree) {
        List<int[]> labellings = new ArrayList<>();
        range().forEach(k -> labellings.add(fit(k).labels()));
        range().forEach(k -> labellings.add(tree.cut(k)));
        double[] silhouettes = Silhouette.of(points, labellings);
        double[] references =
                References.silhouettes(points, options.minK(), options.maxK(), options.seed());
        double[] stability = range().parallel().mapToDouble(this::stability).toArray();
        return range().mapToObj(
                        k -> {
                            int i = k - options.minK();
                            BestOfSeeds fit = fits.get(i);
                            return new KFigures(
                                    k,
                                    fit.least(),
                                    fit.sse(),
                                    silhouettes[i],
                                    references[i],
                                    DaviesBouldin.of(points, fit.centroids(), fit.labels()),
                                    stability[i],
                                    silhouettes[fits.size() + i],
                                    fit.sizes(points.d()));
                        })
                .toList();
    }

    private double stability(int k) {
        Random random = new Random(Hashes.of(Hashes.of(options.seed(), -k), 0));
        return Bootstraps.stability(
                points, k, spherical, options.bootstraps(), BOOTSTRAP_RESTARTS, random);
    }
}
