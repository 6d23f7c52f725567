// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.UserUpdate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Updates on their way to assign, and those that wait there for a model. */
public final class UserUpdateSerializer extends ImmutableSerializer<UserUpdate> {
    private static final long serialVersionUID = 1L;

    private static final UserUpdate.Kind[] KINDS = UserUpdate.Kind.values();

    @Override
    public void serialize(UserUpdate update, DataOutputView target) throws IOException {
        target.writeByte(update.kind().ordinal());
        Binary.writeText(update.userId(), target);
        target.writeLong(update.incarnation());
        target.writeLong(update.time());
        target.writeLong(update.fingerprint());
        target.writeBoolean(update.flagged());
        Binary.writeDoubles(update.values(), target);
    }

    @Override
    public UserUpdate deserialize(DataInputView source) throws IOException {
        return new UserUpdate(
                KINDS[source.readByte()],
                Binary.readText(source),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readBoolean(),
                Binary.readDoubles(source));
    }

    @Override
    public TypeSerializerSnapshot<UserUpdate> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserUpdate> {
        public Snapshot() {
            super(UserUpdateSerializer::new);
        }
    }
}
