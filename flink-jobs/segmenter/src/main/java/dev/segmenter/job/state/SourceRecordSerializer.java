// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.schemas.ErrorClass;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Decoded records; used only where the source is not chained to admit. A record begins with a byte
 * of its format; that of the format before began with a topic's length, below 256, so with 0.
 */
public final class SourceRecordSerializer extends TypeSerializer<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private static final byte FORMAT = 2;
    private static final byte NO_ERROR = -1;

    @Override
    public void serialize(SourceRecord record, DataOutputView target) throws IOException {
        target.writeByte(FORMAT);
        target.writeUTF(record.topic());
        target.writeInt(record.partition());
        target.writeLong(record.offset());
        Binary.writeBytes(record.key(), target);
        Binary.writeBytes(record.value(), target);
        target.writeByte(record.error() == null ? NO_ERROR : record.error().ordinal());
        Binary.writeText(record.message(), target);
        Binary.writeText(record.userId(), target);
        target.writeBoolean(record.isErasure());
        target.writeBoolean(record.hasEventTime());
        if (record.hasEventTime()) {
            target.writeLong(record.eventTime());
        }
        if (record.isEvent()) {
            target.writeLong(record.eventIdHash());
            target.writeInt(record.eventType());
            target.writeInt(record.item());
            target.writeInt(record.category());
            target.writeDouble(record.price());
        }
    }

    @Override
    public SourceRecord deserialize(DataInputView source) throws IOException {
        byte format = source.readByte();
        if (format != FORMAT) {
            throw new IOException(
                    "a record on its way in format %d, which this release does not read; restore a savepoint, which holds none"
                            .formatted(format));
        }
        SourceRecord record =
                new SourceRecord()
                        .at(
                                source.readUTF(),
                                source.readInt(),
                                source.readLong(),
                                Binary.readBytes(source),
                                Binary.readBytes(source))
                        .refusal(readError(source), Binary.readText(source));
        return readWho(record, source);
    }

    private static ErrorClass readError(DataInputView source) throws IOException {
        byte ordinal = source.readByte();
        return ordinal == NO_ERROR ? null : ErrorClass.values()[ordinal];
    }

    private static SourceRecord readWho(SourceRecord record, DataInputView source)
            throws IOException {
        String userId = Binary.readText(source);
        if (source.readBoolean()) {
            source.readBoolean();
            return record.erasure(userId);
        }
        if (!source.readBoolean()) {
            return record;
        }
        record.about(userId, source.readLong());
        return record.isEvent()
                ? record.event(
                        userId,
                        record.eventTime(),
                        source.readLong(),
                        source.readInt(),
                        source.readInt(),
                        source.readInt(),
                        source.readDouble())
                : record;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<SourceRecord> duplicate() {
        return this;
    }

    @Override
    public SourceRecord createInstance() {
        return new SourceRecord();
    }

    @Override
    public SourceRecord copy(SourceRecord from) {
        return from.copy();
    }

    @Override
    public SourceRecord copy(SourceRecord from, SourceRecord reuse) {
        return from.copy();
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public SourceRecord deserialize(SourceRecord reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceRecordSerializer;
    }

    @Override
    public int hashCode() {
        return SourceRecordSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<SourceRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings, and each record names its format. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceRecord> {
        public Snapshot() {
            super(SourceRecordSerializer::new);
        }
    }
}
