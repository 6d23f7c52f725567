// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.quality.compare;

import dev.segmenter.model.cluster.Distances;
import java.util.Random;

/**
 * Gaussian clusters of deviation 1 in every feature, whose first half moves by {@value #MOVE} in each
 * feature, up or down at random, on a given course. Before and after the move all centres lie at
 * least {@value #LEAST_DISTANCE} apart, so that the means of the classes are the best clustering.
 */
final class DriftingClusters {
    /** Features. */
    static final int D = 8;

    private static final double MOVE = 4;
    private static final double LEAST_DISTANCE = 20;
    private static final double EDGE = 30;

    private final Course course;
    private final double[] from;
    private final double[] to;

    DriftingClusters(int k, Course course, long seed) {
        this.course = course;
        Random random = new Random(seed);
        double[] centres;
        double[] moved;
        do {
            centres = new double[k * D];
            moved = new double[k * D];
            for (int i = 0; i < centres.length; i++) {
                centres[i] = EDGE * random.nextDouble();
                double move = i / D < k / 2 ? MOVE : 0;
                moved[i] = centres[i] + (random.nextBoolean() ? move : -move);
            }
        } while (tooClose(centres, moved));
        this.from = centres;
        this.to = moved;
    }

    /** Number of the clusters that move, or would. */
    static int moving(int k) {
        return k / 2;
    }

    private static boolean tooClose(double[] centres, double[] moved) {
        for (int a = 0; a < centres.length; a += D) {
            for (int b = 0; b < centres.length; b += D) {
                double least = LEAST_DISTANCE * LEAST_DISTANCE;
                boolean close =
                        Distances.squared(centres, a, centres, b, D) < least
                                || Distances.squared(moved, a, moved, b, D) < least
                                || Distances.squared(centres, a, moved, b, D) < least;
                if (a != b && close) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Feature f of the centre of a cluster while a batch lasts. */
    double centre(int cluster, int f, int batch) {
        double progress = course.progress(batch);
        int i = cluster * D + f;
        return from[i] + progress * (to[i] - from[i]);
    }

    /** How far the move has come while a batch lasts, 0 to 1. */
    interface Course {
        double progress(int batch);
    }
}
