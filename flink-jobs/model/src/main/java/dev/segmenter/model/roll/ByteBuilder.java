// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.roll;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes of one state, in DataOutput's order, that go out in one piece: a call of the output for each
 * byte takes longer than the byte.
 */
final class ByteBuilder {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[512];
    private int length;

    /** Empty again. */
    ByteBuilder clear() {
        length = 0;
        return this;
    }

    void writeTo(DataOutput out) throws IOException {
        out.write(bytes, 0, length);
    }

    void writeByte(int value) {
        require(1);
        bytes[length++] = (byte) value;
    }

    void writeInt(int value) {
        require(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void writeLong(long value) {
        require(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }
}
