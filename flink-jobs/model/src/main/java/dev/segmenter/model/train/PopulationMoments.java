// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed mean and variance of each of d numbers. Both are kept of the difference to a shift, the
 * first value seen, so that the variance of a constant is exactly 0.
 */
final class PopulationMoments {
    /** Below this share of the mean (or of 1) a sigma counts as rounding. */
    private static final double SIGMA_FLOOR = 1e-6;

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final double[] shift;
    private final DecayedMeans moments;
    private final boolean[] seen;
    private boolean allSeen;
    private final double[] differences;
    private final double[] squares;

    PopulationMoments(int dimension) {
        this(new double[dimension], new DecayedMeans(2, dimension));
    }

    private PopulationMoments(double[] shift, DecayedMeans moments) {
        this.shift = shift;
        this.moments = moments;
        this.seen = new boolean[shift.length];
        this.differences = new double[shift.length];
        this.squares = new double[shift.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = moments.weight(FIRST, i) > 0;
        }
    }

    void add(double[] values) {
        if (!allSeen) {
            for (int i = 0; i < shift.length; i++) {
                see(i, values[i]);
            }
            allSeen = true;
        }
        for (int i = 0; i < shift.length; i++) {
            differences[i] = values[i] - shift[i];
            squares[i] = differences[i] * differences[i];
        }
        moments.addRow(FIRST, differences, 1);
        moments.addRow(SECOND, squares, 1);
    }

    /** Adds a value of feature i alone. */
    void add(int i, double value) {
        see(i, value);
        double difference = value - shift[i];
        moments.add(FIRST, i, difference, 1);
        moments.add(SECOND, i, difference * difference, 1);
    }

    private void see(int i, double value) {
        if (!seen[i]) {
            shift[i] = value;
            seen[i] = true;
        }
    }

    void fold(double decay) {
        moments.fold(decay);
    }

    /** d. */
    int dimension() {
        return shift.length;
    }

    double mean(int i) {
        return shift[i] + moments.mean(FIRST, i);
    }

    /** Population variance, not the sample's: divided by the weight itself. */
    double variance(int i) {
        double first = moments.mean(FIRST, i);
        return Math.max(0, moments.mean(SECOND, i) - first * first);
    }

    /** Decayed number of values. */
    double weight(int i) {
        return moments.weight(FIRST, i);
    }

    /** Overwrites feature i with known moments. */
    void set(int i, double mean, double variance, double weight) {
        shift[i] = mean;
        seen[i] = weight > 0;
        allSeen = false;
        moments.set(FIRST, i, 0, weight);
        moments.set(SECOND, i, variance, weight);
    }

    /** Standard deviation, or 0 if it is not over the floor. */
    static double sigma(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        return deviation > SIGMA_FLOOR * Math.max(1, Math.abs(mean)) ? deviation : 0;
    }

    /** Feature i taken from source[i], or unseen where that is -1. */
    PopulationMoments withColumns(int[] source) {
        double[] picked = new double[source.length];
        for (int i = 0; i < source.length; i++) {
            picked[i] = source[i] < 0 ? 0 : shift[source[i]];
        }
        return new PopulationMoments(picked, moments.withColumns(source));
    }

    void write(DataOutput out) throws IOException {
        moments.write(out);
        Doubles.write(shift, out);
    }

    static PopulationMoments read(DataInput in) throws IOException {
        DecayedMeans moments = DecayedMeans.read(in);
        return new PopulationMoments(Doubles.read(in), moments);
    }
}
