// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.BufferedInputStream;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;

/**
 * The form in which a checkpoint carries users that changed since they were written to the state backend: a part a
 * key group, each with the serializer's snapshot at its head. Of a user, the timer that Flink has for it, its id and
 * its stored form, of length 0 if it is gone; and, of users that have it, what is held beside their values.
 */
final class CarriedUsers<T> {
    /** Of the form, and that it is one: a stream of Flink's own timers begins with a small number. */
    private static final int FORM = 0x5345_4702;

    /** The same without anything beside users. */
    private static final int FORM_OF_USERS_ALONE = 0x5345_4701;

    private static final int BESIDE = 2;
    private static final int USER = 1;
    private static final int END = 0;
    private static final int BUFFER = 1 << 16;

    private final CarriedBytes out;
    private final TypeSerializerSnapshot<Timed<T>> snapshot;
    private DataOutputSerializer buffer;
    private int keyGroup;
    private boolean begun;
    private long bytes;

    /** Takes what is read. */
    @FunctionalInterface
    interface Reader {
        void user(String userId, byte[] value, int length, long registered) throws IOException;
    }

    CarriedUsers(CarriedBytes out, TypeSerializer<Timed<T>> serializer) {
        this.out = out;
        this.snapshot = serializer.snapshotConfiguration();
    }

    void startKeyGroup(int newKeyGroup) throws IOException {
        keyGroup = newKeyGroup;
        begun = false;
        buffer = out.newBuffer();
        buffer.writeInt(FORM);
        TypeSerializerSnapshot.writeVersionedSnapshot(buffer, snapshot);
    }

    /** The entry is a user's id and the stored form behind it. */
    void write(byte[] entry, int length, long registered) throws IOException {
        write(entry, length, registered, buffer);
        if (CarriedBytes.isFull(buffer)) {
            handOver();
            buffer = out.newBuffer();
        }
    }

    /** What is held of one user beside its value. */
    static void writeBeside(String userId, byte[] bytes, int length, DataOutputSerializer target)
            throws IOException {
        target.writeByte(BESIDE);
        target.writeInt(length);
        target.write(IdBytes.of(userId, 0));
        target.write(bytes, 0, length);
    }

    /** Written elsewhere, of the key group at hand. */
    void write(DataOutputSerializer users) throws IOException {
        buffer.write(users.getSharedBuffer(), 0, users.length());
    }

    /** One user. */
    static void write(byte[] entry, int length, long registered, DataOutputSerializer target)
            throws IOException {
        target.writeByte(USER);
        target.writeLong(registered);
        target.writeInt(length);
        target.write(entry, 0, IdBytes.end(entry) + length);
    }

    void endKeyGroup() throws IOException {
        buffer.writeByte(END);
        handOver();
    }

    /** After the last key group. */
    void end() {
        out.end();
    }

    /** Whether the checkpoint was given up. */
    boolean isAbandoned() {
        return out.isAbandoned();
    }

    /** Whether there is no haste to write more. */
    boolean isFull() {
        return out.isFull();
    }

    /** Written so far. */
    long bytes() {
        return bytes;
    }

    private void handOver() {
        bytes += buffer.length();
        if (begun) {
            out.goOn(buffer);
        } else {
            out.begin(keyGroup, buffer);
        }
        begun = true;
    }

    /** Reads all parts; values of a former layout are brought into that of the serializer. */
    static <T> void read(
            Iterable<KeyGroupStatePartitionStreamProvider> parts,
            TypeSerializer<Timed<T>> serializer,
            BesideUsers beside,
            Reader reader)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider part : parts) {
            readPart(
                    new DataInputViewStreamWrapper(
                            new BufferedInputStream(part.getStream(), BUFFER)),
                    serializer,
                    beside,
                    reader);
        }
    }

    private static <T> void readPart(
            DataInputView in,
            TypeSerializer<Timed<T>> serializer,
            BesideUsers beside,
            Reader reader)
            throws IOException {
        int form = in.readInt();
        if (form != FORM && form != FORM_OF_USERS_ALONE) {
            throw new IOException(
                    "users carried by the checkpoint are of form "
                            + Integer.toHexString(form)
                            + ", which this release does not know; restore a savepoint, or use the"
                            + " release that wrote the checkpoint");
        }
        Migration<T> migration = new Migration<>(in, serializer);
        byte[] value = new byte[0];
        int next = in.readByte();
        while (next == USER || next == BESIDE) {
            if (next == BESIDE) {
                readBeside(in, beside);
                next = in.readByte();
                continue;
            }
            long registered = in.readLong();
            int length = in.readInt();
            String userId = IdBytes.read(in);
            if (value.length < length) {
                value = new byte[2 * length];
            }
            in.readFully(value, 0, length);
            if (length > 0 && migration.isNeeded()) {
                value = migration.migrate(value, length);
                length = value.length;
            }
            reader.user(userId, value, length, registered);
            next = in.readByte();
        }
        if (next != END) {
            throw new IOException(
                    "users carried by the checkpoint are damaged: byte "
                            + next
                            + " stands where a user or the end should be; restore an earlier"
                            + " checkpoint or a savepoint");
        }
    }

    private static void readBeside(DataInputView in, BesideUsers beside) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        String userId = IdBytes.read(in);
        in.readFully(bytes);
        beside.restore(userId, bytes);
    }

    /** From the layout whose snapshot comes next in a part. */
    private static final class Migration<T> {
        private final TypeSerializer<Timed<T>> serializer;
        private final TypeSerializer<Timed<T>> former;

        Migration(DataInputView in, TypeSerializer<Timed<T>> serializer) throws IOException {
            this.serializer = serializer;
            TypeSerializerSnapshot<Timed<T>> snapshot =
                    TypeSerializerSnapshot.readVersionedSnapshot(
                            in, serializer.getClass().getClassLoader());
            TypeSerializerSchemaCompatibility<Timed<T>> compatibility =
                    serializer.snapshotConfiguration().resolveSchemaCompatibility(snapshot);
            if (compatibility.isIncompatible()) {
                throw new IOException(
                        "users carried by the checkpoint were written by "
                                + snapshot
                                + ", which "
                                + serializer
                                + " cannot read; restore a savepoint of this job");
            }
            former =
                    compatibility.isCompatibleAfterMigration()
                            ? snapshot.restoreSerializer()
                            : null;
        }

        boolean isNeeded() {
            return former != null;
        }

        byte[] migrate(byte[] value, int length) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(2 * length);
            serializer.serialize(
                    former.deserialize(new DataInputDeserializer(value, 0, length)), out);
            return out.getCopyOfBuffer();
        }
    }
}
