// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.UserUpdate;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Updates on the edge from roll to assign, one for almost every event: each is written and read in one
 * piece. It is in no state, so that it can change; {@link UserUpdateSerializer} cannot. The first byte
 * names the format; that of the format before is read too: an unaligned checkpoint keeps updates that
 * are on their way. Keeps a buffer: for one thread.
 */
public final class UserUpdateEdgeSerializer extends ImmutableSerializer<UserUpdate> {
    private static final long serialVersionUID = 1L;

    private static final UserUpdate.Kind[] KINDS = UserUpdate.Kind.values();
    private static final int KIND_BITS = 0x03;
    private static final int FLAGGED = 0x80;
    private static final int FORMAT_BITS = 0x7C;
    private static final int FORMAT = 0x20;
    private static final int FORMER_FORMAT = 0;

    // After the first byte: how many bytes follow, which are the numbers, the values and the id.
    private static final int LENGTH_AT = 1;
    private static final int BODY_AT = LENGTH_AT + Integer.BYTES;
    private static final int INCARNATION = 0;
    private static final int TIME = INCARNATION + Long.BYTES;
    private static final int FINGERPRINT = TIME + Long.BYTES;
    private static final int COUNT = FINGERPRINT + Long.BYTES;
    private static final int VALUES = COUNT + Character.BYTES;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle CHAR =
            MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.BIG_ENDIAN);

    private static final int BUFFER = 512;

    private transient byte[] buffer;

    @Override
    public TypeSerializer<UserUpdate> duplicate() {
        return new UserUpdateEdgeSerializer();
    }

    @Override
    public void serialize(UserUpdate update, DataOutputView target) throws IOException {
        byte[] user = update.userId().getBytes(StandardCharsets.UTF_8);
        double[] values = update.values();
        byte[] bytes = buffer(BODY_AT + VALUES + CompactDoubles.room(values.length) + user.length);
        bytes[0] = (byte) (FORMAT | update.kind().ordinal() | (update.flagged() ? FLAGGED : 0));
        LONG.set(bytes, BODY_AT + INCARNATION, update.incarnation());
        LONG.set(bytes, BODY_AT + TIME, update.time());
        LONG.set(bytes, BODY_AT + FINGERPRINT, update.fingerprint());
        CHAR.set(bytes, BODY_AT + COUNT, (char) values.length);
        int userAt = CompactDoubles.write(values, bytes, BODY_AT + VALUES);
        System.arraycopy(user, 0, bytes, userAt, user.length);
        int end = userAt + user.length;
        INT.set(bytes, LENGTH_AT, end - BODY_AT);
        target.write(bytes, 0, end);
    }

    @Override
    public UserUpdate deserialize(DataInputView source) throws IOException {
        int head = source.readUnsignedByte();
        if ((head & FORMAT_BITS) == FORMER_FORMAT) {
            return readFormer(head, source);
        }
        if ((head & FORMAT_BITS) != FORMAT) {
            throw new IOException(
                    "an update on its way in format %#x, which this release does not read; restore a savepoint, which holds none"
                            .formatted(head));
        }
        int length = source.readInt();
        byte[] bytes = buffer(length);
        source.readFully(bytes, 0, length);
        double[] values = new double[(char) CHAR.get(bytes, COUNT)];
        int userAt = CompactDoubles.read(bytes, VALUES, values);
        return new UserUpdate(
                KINDS[head & KIND_BITS],
                new String(bytes, userAt, length - userAt, StandardCharsets.UTF_8),
                (long) LONG.get(bytes, INCARNATION),
                (long) LONG.get(bytes, TIME),
                (long) LONG.get(bytes, FINGERPRINT),
                (head & FLAGGED) != 0,
                values);
    }

    /** The values may be lent by whoever passes the update on, so that only a copy can be kept. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public UserUpdate copy(UserUpdate from) {
        return from.copy();
    }

    @Override
    public UserUpdate copy(UserUpdate from, UserUpdate reuse) {
        return from.copy();
    }

    private byte[] buffer(int length) {
        if (buffer == null || buffer.length < length) {
            buffer = new byte[Math.max(length, BUFFER)];
        }
        return buffer;
    }

    /** What follows the first byte in the format of release 0.1. */
    private static UserUpdate readFormer(int head, DataInputView source) throws IOException {
        byte[] user = new byte[(int) Binary.readVarint(source)];
        source.readFully(user);
        return new UserUpdate(
                KINDS[head & KIND_BITS],
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

    /** The form has no settings, and each update names its format. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserUpdate> {
        public Snapshot() {
            super(UserUpdateEdgeSerializer::new);
        }
    }
}
