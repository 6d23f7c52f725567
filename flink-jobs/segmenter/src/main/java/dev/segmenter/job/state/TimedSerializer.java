// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the timer, then the value in the form of the subclass; notes how many bytes that took. */
abstract class TimedSerializer<T> extends TypeSerializer<Timed<T>> {
    private static final long serialVersionUID = 1L;

    /** As {@code DataOutputView} writes numbers. */
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int INITIAL_BUFFER = 256;

    /** The timer of a stored form that begins there. */
    static long timerIn(byte[] bytes, int start) {
        return (long) LONG.get(bytes, start);
    }

    abstract void writeValue(T value, DataOutputView target) throws IOException;

    /** Into the value given for reuse, if that can be; null for none. */
    abstract T readValue(T reuse, DataInputView source) throws IOException;

    @Override
    public void serialize(Timed<T> record, DataOutputView target) throws IOException {
        if (record.packed() != null) {
            target.write(record.packed(), record.packedStart(), record.storedBytes());
            return;
        }
        int start = target instanceof DataOutputSerializer buffer ? buffer.length() : 0;
        target.writeLong(record.timer());
        writeValue(record.value(), target);
        if (target instanceof DataOutputSerializer buffer) {
            record.setStoredBytes(buffer.length() - start);
        }
    }

    @Override
    public Timed<T> deserialize(DataInputView source) throws IOException {
        return deserialize(new Timed<>(null, Timed.NONE), source);
    }

    @Override
    public Timed<T> deserialize(Timed<T> record, DataInputView source) throws IOException {
        int start = source instanceof DataInputDeserializer buffer ? buffer.available() : 0;
        record.setTimer(source.readLong());
        record.setValue(readValue(record.value(), source));
        if (source instanceof DataInputDeserializer buffer) {
            record.setStoredBytes(start - buffer.available());
        }
        return record;
    }

    @Override
    public Timed<T> copy(Timed<T> from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(INITIAL_BUFFER);
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("a state that was written cannot be read back", e);
        }
    }

    @Override
    public Timed<T> copy(Timed<T> from, Timed<T> reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Timed<T> createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }
}
