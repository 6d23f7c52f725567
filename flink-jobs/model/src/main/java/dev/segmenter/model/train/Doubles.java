// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/** Numbers in the trainer's state (int length, then the doubles) and in snapshots. */
final class Doubles {
    private Doubles() {}

    /** Null for none. */
    static Double nullable(OptionalDouble value) {
        return value.isEmpty() ? null : (Double) value.getAsDouble();
    }

    static void write(double[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static double[] read(DataInput in) throws IOException {
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
