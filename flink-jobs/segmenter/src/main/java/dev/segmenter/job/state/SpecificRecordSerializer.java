// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.io.IOException;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** A generated Avro record in single-object encoding, which names its own schema version. Records are not mutated. */
public final class SpecificRecordSerializer<T extends SpecificRecord>
        extends ImmutableSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private transient SingleObjectCodec<T> codec;

    public SpecificRecordSerializer(Class<T> type) {
        this.type = type;
    }

    private SingleObjectCodec<T> codec() {
        if (codec == null) {
            codec = SingleObjectCodec.of(type);
        }
        return codec;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new SpecificRecordSerializer<>(type);
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        Binary.writeBytes(codec().encode(record), target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec().decode(Binary.readBytes(source));
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        Binary.writeBytes(Binary.readBytes(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecificRecordSerializer<?> that && type == that.type;
    }

    @Override
    public int hashCode() {
        return Objects.hash(type);
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(type);
    }

    /** Keeps the record's class; its schema travels with each value. */
    public static final class Snapshot<T extends SpecificRecord>
            implements TypeSerializerSnapshot<T> {
        private static final int VERSION = 1;

        private Class<T> type;

        /** For restoring. */
        public Snapshot() {}

        private Snapshot(Class<T> type) {
            this.type = type;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeUTF(type.getName());
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader loader)
                throws IOException {
            type = InstantiationUtil.resolveClassByName(in, loader);
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return new SpecificRecordSerializer<>(type);
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
                TypeSerializerSnapshot<T> old) {
            boolean same = old instanceof Snapshot<T> that && that.type == type;
            return same
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
