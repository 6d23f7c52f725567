// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.assign.UserSegment;
import dev.segmenter.model.assign.UserSegmentCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Segment state of a user; each value names its own version. */
public final class UserSegmentSerializer extends TimedSerializer<UserSegment> {
    private static final long serialVersionUID = 1L;

    private transient UserSegmentCodec codec;

    private UserSegmentCodec codec() {
        if (codec == null) {
            codec = new UserSegmentCodec();
        }
        return codec;
    }

    @Override
    void writeValue(UserSegment value, DataOutputView target) throws IOException {
        target.writeBoolean(value != null);
        if (value != null) {
            codec().write(value, target);
        }
    }

    @Override
    UserSegment readValue(UserSegment reuse, DataInputView source) throws IOException {
        return source.readBoolean() ? codec().read(source, reuse) : null;
    }

    @Override
    public TypeSerializer<Timed<UserSegment>> duplicate() {
        return new UserSegmentSerializer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserSegmentSerializer;
    }

    @Override
    public int hashCode() {
        return UserSegmentSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Timed<UserSegment>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Timed<UserSegment>> {
        public Snapshot() {
            super(UserSegmentSerializer::new);
        }
    }
}
