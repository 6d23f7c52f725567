// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.job.kafka.SourceRecord;
import dev.segmenter.schemas.ErrorClass;
import dev.segmenter.schemas.Event;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Decoded records; used only where the source is not chained to admit. */
public final class SourceRecordSerializer extends ImmutableSerializer<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private static final byte NO_ERROR = -1;

    private transient SingleObjectCodec<Event> codec;

    private SingleObjectCodec<Event> codec() {
        if (codec == null) {
            codec = SingleObjectCodec.of(Event.class);
        }
        return codec;
    }

    private Event readEvent(DataInputView source) throws IOException {
        byte[] bytes = Binary.readBytes(source);
        return bytes == null ? null : codec().decode(bytes);
    }

    private static ErrorClass readError(DataInputView source) throws IOException {
        byte ordinal = source.readByte();
        return ordinal == NO_ERROR ? null : ErrorClass.values()[ordinal];
    }

    @Override
    public TypeSerializer<SourceRecord> duplicate() {
        return new SourceRecordSerializer();
    }

    @Override
    public void serialize(SourceRecord record, DataOutputView target) throws IOException {
        target.writeUTF(record.topic());
        target.writeInt(record.partition());
        target.writeLong(record.offset());
        Binary.writeBytes(record.key(), target);
        Binary.writeBytes(record.value(), target);
        Binary.writeText(record.userId(), target);
        Binary.writeBytes(record.event() == null ? null : codec().encode(record.event()), target);
        target.writeByte(record.error() == null ? NO_ERROR : record.error().ordinal());
        Binary.writeText(record.message(), target);
    }

    @Override
    public SourceRecord deserialize(DataInputView source) throws IOException {
        return new SourceRecord(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                Binary.readBytes(source),
                Binary.readBytes(source),
                Binary.readText(source),
                readEvent(source),
                readError(source),
                Binary.readText(source));
    }

    @Override
    public TypeSerializerSnapshot<SourceRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceRecord> {
        public Snapshot() {
            super(SourceRecordSerializer::new);
        }
    }
}
