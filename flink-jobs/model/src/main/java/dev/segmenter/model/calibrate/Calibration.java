// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.calibrate;

import java.util.List;

/**
 * All that was found out about a sample of users.
 *
 * @param k of the model: the one asked for, else the recommended
 * @param byK figures of each K tried
 * @param elbowK elbow of the inertia, null if there is none
 * @param daviesBouldinK with the least Davies-Bouldin index
 * @param tree hierarchical clustering
 * @param density density-based clustering
 * @param recommendation in words
 * @param centroids of the model, K x d, in the frame
 * @param labels cluster of each point of the sample
 * @param densityLabels density cluster of each point, -1 for none
 */
public record Calibration(
        int k,
        List<KFigures> byK,
        Integer elbowK,
        int daviesBouldinK,
        TreeFigures tree,
        DensityFigures density,
        Recommendation recommendation,
        double[] centroids,
        int[] labels,
        int[] densityLabels) {

    public Calibration {
        byK = List.copyOf(byK);
    }

    /** Figures of one of the K tried. */
    public KFigures figures(int wanted) {
        return byK.stream().filter(f -> f.k() == wanted).findFirst().orElseThrow();
    }
}
