// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.ClickEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Admitted events on their way to roll. */
public final class ClickEventSerializer extends ImmutableSerializer<ClickEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ClickEvent event, DataOutputView target) throws IOException {
        Binary.writeText(event.userId(), target);
        target.writeBoolean(event.erasure());
        target.writeLong(event.lifeClock());
        if (event.erasure()) {
            return;
        }
        target.writeLong(event.eventIdHash());
        target.writeLong(event.time());
        target.writeByte(event.eventType());
        target.writeInt(event.item());
        target.writeInt(event.category());
        target.writeDouble(event.price());
    }

    @Override
    public ClickEvent deserialize(DataInputView source) throws IOException {
        String userId = Binary.readText(source);
        boolean erasure = source.readBoolean();
        long lifeClock = source.readLong();
        if (erasure) {
            return ClickEvent.erasure(userId, lifeClock);
        }
        return new ClickEvent(
                userId,
                false,
                lifeClock,
                source.readLong(),
                source.readLong(),
                source.readByte(),
                source.readInt(),
                source.readInt(),
                source.readDouble());
    }

    @Override
    public TypeSerializerSnapshot<ClickEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form has no settings. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ClickEvent> {
        public Snapshot() {
            super(ClickEventSerializer::new);
        }
    }
}
