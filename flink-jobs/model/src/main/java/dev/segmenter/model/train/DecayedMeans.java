// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows x columns of exponentially decayed weighted means. Values are collected with {@link #add}
 * and enter together with {@link #fold}: with decay a, mass n and batch mean m of a cell,
 * mean := (a w mean + n m) / (a w + n), w := a w + n; a cell without values keeps its mean. Sums are
 * taken of the differences to the old mean, so that large values do not cancel (T. F. Chan, G. H.
 * Golub, R. J. LeVeque, "Algorithms for computing the sample variance", 1983).
 */
final class DecayedMeans {
    private final int columns;
    private final double[] mean;
    private final double[] weight;
    private final double[] batchDifference;
    private final double[] batchMass;

    /** By row: whether each of its cells is known to have had a value, so that none needs to be looked at. */
    private final boolean[] met;

    DecayedMeans(int rows, int columns) {
        this.columns = columns;
        this.mean = new double[rows * columns];
        this.weight = new double[rows * columns];
        this.batchDifference = new double[rows * columns];
        this.batchMass = new double[rows * columns];
        this.met = new boolean[rows];
    }

    int rows() {
        return columns == 0 ? 0 : mean.length / columns;
    }

    double mean(int row, int column) {
        return mean[row * columns + column];
    }

    /** Decayed mass behind a mean; 0 if the cell has never had a value. */
    double weight(int row, int column) {
        return weight[row * columns + column];
    }

    /** Overwrites a cell. */
    void set(int row, int column, double value, double mass) {
        mean[row * columns + column] = value;
        weight[row * columns + column] = mass;
        met[row] = false;
    }

    /** Collects a value of positive mass for the next fold. */
    void add(int row, int column, double value, double mass) {
        int cell = row * columns + column;
        if (weight[cell] == 0 && batchMass[cell] == 0) {
            mean[cell] = value;
        }
        batchDifference[cell] += mass * (value - mean[cell]);
        batchMass[cell] += mass;
    }

    /** Collects a value for each column of a row, all of one positive mass. */
    void addRow(int row, double[] values, double mass) {
        int first = row * columns;
        if (!met[row]) {
            meet(row, values);
        }
        for (int i = 0; i < columns; i++) {
            batchDifference[first + i] += mass * (values[i] - mean[first + i]);
        }
        for (int i = 0; i < columns; i++) {
            batchMass[first + i] += mass;
        }
    }

    /** A first value is the mean from which differences are taken. */
    private void meet(int row, double[] values) {
        int first = row * columns;
        for (int i = 0; i < columns; i++) {
            if (batchMass[first + i] == 0 && weight[first + i] == 0) {
                mean[first + i] = values[i];
            }
        }
        met[row] = true;
    }

    /** Lets what is known decay by a factor (0 to 1) and what was collected enter. */
    void fold(double decay) {
        // What has decayed to nothing has to be met again.
        Arrays.fill(met, false);
        for (int cell = 0; cell < mean.length; cell++) {
            weight[cell] = decay * weight[cell] + batchMass[cell];
            if (batchMass[cell] > 0) {
                mean[cell] += batchDifference[cell] / weight[cell];
            }
            batchDifference[cell] = 0;
            batchMass[cell] = 0;
        }
    }

    /** The same rows with column i taken from source[i], or empty where that is -1. */
    DecayedMeans withColumns(int[] source) {
        DecayedMeans picked = new DecayedMeans(rows(), source.length);
        for (int row = 0; row < rows(); row++) {
            for (int i = 0; i < source.length; i++) {
                if (source[i] >= 0) {
                    picked.set(row, i, mean(row, source[i]), weight(row, source[i]));
                }
            }
        }
        return picked;
    }

    /** Overwrites a row with one of other means of as many columns, its masses multiplied. */
    void copyRow(int row, DecayedMeans from, int fromRow, double factor) {
        for (int i = 0; i < columns; i++) {
            set(row, i, from.mean(fromRow, i), factor * from.weight(fromRow, i));
        }
    }

    /** Takes another row of other means, its masses multiplied, into a row: the mean of both by their masses. */
    void mergeRow(int row, DecayedMeans from, int fromRow, double factor) {
        for (int i = 0; i < columns; i++) {
            double mass = weight(row, i) + factor * from.weight(fromRow, i);
            double share = mass > 0 ? factor * from.weight(fromRow, i) / mass : 0;
            set(row, i, mean(row, i) + share * (from.mean(fromRow, i) - mean(row, i)), mass);
        }
    }

    /** Writes what is folded; nothing may be collected at that moment. */
    void write(DataOutput out) throws IOException {
        out.writeInt(rows());
        out.writeInt(columns);
        for (int cell = 0; cell < mean.length; cell++) {
            out.writeDouble(mean[cell]);
            out.writeDouble(weight[cell]);
        }
    }

    static DecayedMeans read(DataInput in) throws IOException {
        DecayedMeans means = new DecayedMeans(in.readInt(), in.readInt());
        for (int cell = 0; cell < means.mean.length; cell++) {
            means.mean[cell] = in.readDouble();
            means.weight[cell] = in.readDouble();
        }
        return means;
    }
}
