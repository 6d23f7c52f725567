// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.UserUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Updates on the edge from roll to assign, one for almost every event: most values are counts and take one
 * byte. It is in no state, so that it can change; {@link UserUpdateSerializer} cannot.
 */
public final class UserUpdateEdgeSerializer extends ImmutableSerializer<UserUpdate> {
    private static final long serialVersionUID = 1L;

    private static final UserUpdate.Kind[] KINDS = UserUpdate.Kind.values();
    private static final int FLAGGED = 1 << 7;

    @Override
    public void serialize(UserUpdate update, DataOutputView target) throws IOException {
        target.writeByte(update.kind().ordinal() | (update.flagged() ? FLAGGED : 0));
        byte[] user = update.userId().getBytes(StandardCharsets.UTF_8);
        Binary.writeVarint(user.length, target);
        target.write(user);
        target.writeLong(update.incarnation());
        target.writeLong(update.time());
        target.writeLong(update.fingerprint());
        Binary.writeCompactDoubles(update.values(), target);
    }

    @Override
    public UserUpdate deserialize(DataInputView source) throws IOException {
        int head = source.readUnsignedByte();
        byte[] user = new byte[(int) Binary.readVarint(source)];
        source.readFully(user);
        return new UserUpdate(
                KINDS[head & ~FLAGGED],
                new String(user, StandardCharsets.UTF_8),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                (head & FLAGGED) != 0,
                Binary.readCompactDoubles(source));
    }

    @Override
    public TypeSerializerSnapshot<UserUpdate> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserUpdate> {
        public Snapshot() {
            super(UserUpdateEdgeSerializer::new);
        }
    }
}
