// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import dev.segmenter.model.cluster.CentroidModel;
import dev.segmenter.model.feature.FeatureSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The nearest of k centroids to points around them, and the way from values there; d = 16. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoreBenchmark {
    private static final int POINTS = 1 << 10;
    private static final int MASK = POINTS - 1;

    /** Deviation of a point from its centroid, in sigmas. */
    private static final double SPREAD = 0.5;

    private final FeatureSet features = Shop.features("wide");
    private double[][] values;
    private double[] vector;
    private int next;

    /** Draws values. */
    @Setup
    public void draw() {
        values = Shop.values(features, POINTS, 5);
        vector = new double[features.dimension()];
    }

    /** From values in own units to a vector in the model's frame. */
    @Benchmark
    public double[] featureVector(Model sixteen) {
        features.toVector(values[next], vector);
        sixteen.model.toFrame(vector, vector);
        next = (next + 1) & MASK;
        return vector;
    }

    /** Of a point that nothing is known about. */
    @Benchmark
    public int nearest(Segments segments) {
        next = (next + 1) & MASK;
        return segments.nearest(next, 0);
    }

    /** Of a point that is still nearest to the segment it was in. */
    @Benchmark
    public int nearestAsBefore(Segments segments) {
        next = (next + 1) & MASK;
        return segments.nearest(next, segments.slots[next]);
    }

    /** Sixteen segments. */
    @State(Scope.Thread)
    public static class Model {
        private final CentroidModel model = ModelOf.of(Shop.features("wide"), 16, 6);
    }

    /** Segments and points around them. */
    @State(Scope.Thread)
    public static class Segments {
        @Param({"8", "16", "64", "256"})
        public int k;

        private CentroidModel model;
        private double[][] points;
        private int[] slots;
        private double[][] lanes;
        private double[] lead;

        /** Draws points. */
        @Setup
        public void draw() {
            Random random = new Random(7);
            model = ModelOf.of(Shop.features("wide"), k, 6);
            lanes = model.lanes();
            lead = new double[1];
            points = new double[POINTS][model.dimension()];
            slots = new int[POINTS];
            for (int p = 0; p < POINTS; p++) {
                int slot = random.nextInt(k);
                for (int i = 0; i < points[p].length; i++) {
                    points[p][i] = model.scaledCentroid(slot, i) + SPREAD * random.nextGaussian();
                }
                slots[p] = model.nearest(points[p]);
            }
        }

        int nearest(int point, int guess) {
            return model.nearest(points[point], guess, lanes, lead);
        }
    }
}
