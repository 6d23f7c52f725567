// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import dev.segmenter.model.event.ClickEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Admitted events on their way to roll: fixed widths, since branches on data cost more than bytes. An
 * event begins with a byte of its format and of the fields that follow; that of the format before
 * began with a length below 2^24, so with 0, and is read too: an unaligned checkpoint keeps events
 * that are on their way. Keeps a buffer: for one thread.
 */
public final class ClickEventSerializer extends ImmutableSerializer<ClickEvent> {
    private static final long serialVersionUID = 1L;

    private static final int FORMER_FORMAT = 0;
    private static final int FORMAT = 0x20;
    private static final int FORMAT_BITS = 0xE0;
    private static final int ERASURE = 1;
    private static final int ITEM = 2;
    private static final int CATEGORY = 4;
    private static final int PRICE = 8;
    // The life clock in 8 bytes, since its distance to the time does not fit in 4.
    private static final int FAR_CLOCK = 16;
    private static final int LONG_TEXT = 0xFFFF;
    private static final int BUFFER = 64;

    private transient byte[] buffer;

    @Override
    public TypeSerializer<ClickEvent> duplicate() {
        return new ClickEventSerializer();
    }

    @Override
    public void serialize(ClickEvent event, DataOutputView target) throws IOException {
        int head = head(event);
        target.writeByte(head);
        writeText(event.userId(), target);
        if (event.erasure()) {
            target.writeLong(event.lifeClock());
            return;
        }
        target.writeLong(event.eventIdHash());
        target.writeLong(event.time());
        if ((head & FAR_CLOCK) != 0) {
            target.writeLong(event.lifeClock());
        } else {
            target.writeInt((int) (event.lifeClock() - event.time()));
        }
        target.writeShort(event.eventType());
        if ((head & ITEM) != 0) {
            target.writeInt(event.item());
        }
        if ((head & CATEGORY) != 0) {
            target.writeInt(event.category());
        }
        if ((head & PRICE) != 0) {
            target.writeDouble(event.price());
        }
    }

    private static int head(ClickEvent event) {
        long ahead = event.lifeClock() - event.time();
        return FORMAT
                | (ahead == (int) ahead ? 0 : FAR_CLOCK)
                | (event.erasure() ? ERASURE : 0)
                | (event.item() == 0 ? 0 : ITEM)
                | (event.category() == 0 ? 0 : CATEGORY)
                | (Double.doubleToRawLongBits(event.price()) == 0 ? 0 : PRICE);
    }

    /** Makes garbage of one small array: taking characters one by one into the buffer costs three times the time. */
    private static void writeText(String text, DataOutputView target) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length < LONG_TEXT) {
            target.writeShort(length);
        } else {
            target.writeShort(LONG_TEXT);
            target.writeInt(length);
        }
        target.write(bytes);
    }

    private byte[] buffer(int length) {
        if (buffer == null || buffer.length < length) {
            buffer = new byte[Math.max(length, BUFFER)];
        }
        return buffer;
    }

    @Override
    public ClickEvent deserialize(DataInputView source) throws IOException {
        int head = source.readUnsignedByte();
        if (head == FORMER_FORMAT) {
            return readFormer(source);
        }
        if ((head & FORMAT_BITS) != FORMAT) {
            throw new IOException(
                    "an event on its way in format %#x, which this release does not read; restore a savepoint, which holds none"
                            .formatted(head));
        }
        int length = source.readUnsignedShort();
        String userId = readText(length < LONG_TEXT ? length : source.readInt(), source);
        if ((head & ERASURE) != 0) {
            return ClickEvent.erasure(userId, source.readLong());
        }
        long eventIdHash = source.readLong();
        long time = source.readLong();
        return new ClickEvent(
                userId,
                false,
                (head & FAR_CLOCK) == 0 ? time + source.readInt() : source.readLong(),
                eventIdHash,
                time,
                source.readShort(),
                (head & ITEM) == 0 ? 0 : source.readInt(),
                (head & CATEGORY) == 0 ? 0 : source.readInt(),
                (head & PRICE) == 0 ? 0 : source.readDouble());
    }

    private String readText(int length, DataInputView source) throws IOException {
        byte[] bytes = buffer(length);
        source.readFully(bytes, 0, length);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** What follows the first byte, 0, of the format of release 0.1. */
    private ClickEvent readFormer(DataInputView source) throws IOException {
        int length = (source.readUnsignedByte() << Short.SIZE) | source.readUnsignedShort();
        String userId = readText(length, source);
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

    /** The form has no settings, and each event names its format. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ClickEvent> {
        public Snapshot() {
            super(ClickEventSerializer::new);
        }
    }
}
