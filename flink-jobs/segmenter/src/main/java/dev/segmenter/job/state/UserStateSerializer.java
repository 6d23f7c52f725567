// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.feature.FeatureSet;
import dev.segmenter.model.roll.UserState;
import dev.segmenter.model.roll.UserStateCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Rolling state of a user. The layout (which aggregates are in it) is kept once in the serializer's
 * snapshot: after a change of the feature set Flink migrates each value from the old layout.
 */
public final class UserStateSerializer extends TimedSerializer<UserState> {
    private static final long serialVersionUID = 1L;

    private final List<String> layout;
    private transient UserStateCodec codec;

    public UserStateSerializer(FeatureSet features) {
        this(new UserStateCodec(features).layout());
    }

    private UserStateSerializer(List<String> layout) {
        this.layout = List.copyOf(layout);
    }

    private UserStateCodec codec() {
        if (codec == null) {
            codec = UserStateCodec.ofLayout(layout);
        }
        return codec;
    }

    @Override
    void writeValue(UserState value, DataOutputView target) throws IOException {
        codec().write(value, target);
    }

    @Override
    UserState readValue(UserState reuse, DataInputView source) throws IOException {
        return codec().read(source, reuse);
    }

    @Override
    public TypeSerializer<Timed<UserState>> duplicate() {
        return new UserStateSerializer(layout);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserStateSerializer that && layout.equals(that.layout);
    }

    @Override
    public int hashCode() {
        return layout.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Timed<UserState>> snapshotConfiguration() {
        return new Snapshot(layout);
    }

    /** Keeps the layout. */
    public static final class Snapshot implements TypeSerializerSnapshot<Timed<UserState>> {
        private static final int VERSION = 1;

        private List<String> layout = List.of();

        /** For restoring. */
        public Snapshot() {}

        private Snapshot(List<String> layout) {
            this.layout = layout;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            out.writeInt(layout.size());
            for (String line : layout) {
                Binary.writeText(line, out);
            }
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader loader)
                throws IOException {
            List<String> lines = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                lines.add(Binary.readText(in));
            }
            layout = List.copyOf(lines);
        }

        @Override
        public TypeSerializer<Timed<UserState>> restoreSerializer() {
            return new UserStateSerializer(layout);
        }

        @Override
        public TypeSerializerSchemaCompatibility<Timed<UserState>> resolveSchemaCompatibility(
                TypeSerializerSnapshot<Timed<UserState>> old) {
            if (!(old instanceof Snapshot that)) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            return layout.equals(that.layout)
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        }
    }
}
