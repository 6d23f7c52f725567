// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is usual in a series: decayed mean and deviation.
 *
 * @param squares decayed sum of squared differences to the mean
 * @param weight decayed number of values
 * @param values in all, decayed ones too
 */
record Baseline(double mean, double squares, double weight, int values) {
    static final Baseline NONE = new Baseline(0, 0, 0, 0);

    /** Share of the mean that a deviation counts for at least: less than this is no matter. */
    static final double LEAST_DEVIATION = 0.01;

    /** Lets what is known decay by a factor and one more value enter. */
    Baseline with(double value, double decay) {
        double total = decay * weight + 1;
        double difference = value - mean;
        double moved = mean + difference / total;
        return new Baseline(
                moved, decay * squares + difference * (value - moved), total, values + 1);
    }

    /** The same relative deviation around another mean. */
    Baseline movedTo(double newMean) {
        double ratio = mean > 0 ? newMean / mean : 1;
        return new Baseline(newMean, squares * ratio * ratio, weight, values);
    }

    double deviation() {
        double measured = weight > 0 ? Math.sqrt(Math.max(0, squares / weight)) : 0;
        return Math.max(measured, LEAST_DEVIATION * Math.abs(mean));
    }

    /** How many deviations a value lies above the mean, cut off at +- reach. */
    double deviationsOf(double value, double reach) {
        double difference = value - mean;
        return difference == 0 ? 0 : Math.max(-reach, Math.min(reach, difference / deviation()));
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeDouble(squares);
        out.writeDouble(weight);
        out.writeInt(values);
    }

    static Baseline read(DataInput in) throws IOException {
        return new Baseline(in.readDouble(), in.readDouble(), in.readDouble(), in.readInt());
    }
}
