// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.benchmarks.jmh;

import java.io.DataInput;
import java.io.DataOutput;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** One state value's bytes, written and read through the views that the state backend uses. */
final class StateBytes {
    private final DataOutputSerializer out = new DataOutputSerializer(1024);
    private final DataInputDeserializer in = new DataInputDeserializer();

    /** Empty again. */
    DataOutput out() {
        out.clear();
        return out;
    }

    /** What was written since. */
    DataInput in() {
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return in;
    }

    int length() {
        return out.length();
    }
}
