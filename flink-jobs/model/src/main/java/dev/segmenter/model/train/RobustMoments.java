// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.model.cluster.Frame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decayed mean and variance of each of d features, proof against a few absurd values (winsorised moments;
 * J. W. Tukey, "The future of data analysis", 1962): a value that the frame cuts off counts as the edge
 * where it is cut. A share p of absurd values then widens a sigma by 1 / sqrt(1 - 64 p) at most, by two
 * thirds at 1 %, however absurd they are.
 *
 * <p>Where all values within the frame are alike, those outside are all that the feature tells, as of what
 * one user in a hundred does: they count as they are, up to a wider reach.
 */
final class RobustMoments {
    private final double reach;
    private final PopulationMoments near;
    private final PopulationMoments edge;
    private final PopulationMoments far;

    /** Values beyond a reach, sigmas, count as that in any case. */
    RobustMoments(int dimension, double reach) {
        this(
                reach,
                new PopulationMoments(dimension),
                new PopulationMoments(dimension),
                new PopulationMoments(dimension));
    }

    private RobustMoments(
            double reach, PopulationMoments near, PopulationMoments edge, PopulationMoments far) {
        this.reach = reach;
        this.near = near;
        this.edge = edge;
        this.far = far;
    }

    /** Adds a vector (d, transformed units), and leaves it cut off by the frame. */
    void add(double[] vector, Frame frame) {
        if (!frame.cuts(vector)) {
            near.add(vector);
            return;
        }
        for (int i = 0; i < vector.length; i++) {
            double cut = frame.winsorised(vector[i], i);
            if (cut == vector[i]) {
                near.add(i, cut);
            } else {
                edge.add(i, cut);
                far.add(i, frame.winsorised(vector[i], i, reach));
            }
            vector[i] = cut;
        }
    }

    void fold(double decay) {
        near.fold(decay);
        edge.fold(decay);
        far.fold(decay);
    }

    double mean(int i) {
        return near.mean(i) + share(i) * (outside(i).mean(i) - near.mean(i));
    }

    private double variance(int i) {
        double share = share(i);
        double apart = outside(i).mean(i) - near.mean(i);
        return near.variance(i) * (1 - share)
                + outside(i).variance(i) * share
                + share * (1 - share) * apart * apart;
    }

    /** Decayed number of values. */
    double weight(int i) {
        return near.weight(i) + far.weight(i);
    }

    /** Of the values, those outside the frame. */
    private double share(int i) {
        double outside = far.weight(i);
        return outside > 0 ? outside / (near.weight(i) + outside) : 0;
    }

    private PopulationMoments outside(int i) {
        return near.variance(i) > 0 ? edge : far;
    }

    /** Overwrites feature i with known moments. */
    void set(int i, double mean, double variance, double weight) {
        near.set(i, mean, variance, weight);
    }

    /** The frame of these moments; a feature is active if its sigma is over the floor. */
    Frame frame(boolean cosine) {
        int d = near.dimension();
        double[] mean = new double[d];
        double[] sigma = new double[d];
        for (int i = 0; i < d; i++) {
            mean[i] = mean(i);
            sigma[i] = PopulationMoments.sigma(mean[i], variance(i));
        }
        return new Frame(mean, sigma, cosine);
    }

    /** Feature i taken from source[i], or unseen where that is -1. */
    RobustMoments withColumns(int[] source) {
        return new RobustMoments(
                reach, near.withColumns(source), edge.withColumns(source), far.withColumns(source));
    }

    void write(DataOutput out) throws IOException {
        near.write(out);
        edge.write(out);
        far.write(out);
    }

    /** Reads what was written; the first version of the trainer's state knows no values outside. */
    static RobustMoments read(double reach, boolean first, DataInput in) throws IOException {
        PopulationMoments near = PopulationMoments.read(in);
        return first
                ? new RobustMoments(
                        reach,
                        near,
                        new PopulationMoments(near.dimension()),
                        new PopulationMoments(near.dimension()))
                : new RobustMoments(
                        reach, near, PopulationMoments.read(in), PopulationMoments.read(in));
    }
}
