// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Turns the cache's users into their stored form and back, in objects and arrays that it has already. */
final class PackedUsers<T> {
    private static final int INITIAL_BUFFER = 1_024;
    private static final int GRAIN = 16;

    private final TypeSerializer<Timed<T>> serializer;
    private final CachedUsers users;
    private final DecodedValues<T> decoded;
    private final DataOutputSerializer out = new DataOutputSerializer(INITIAL_BUFFER);
    private final DataInputDeserializer in = new DataInputDeserializer();

    PackedUsers(TypeSerializer<Timed<T>> serializer, CachedUsers users, DecodedValues<T> decoded) {
        this.serializer = serializer;
        this.users = users;
        this.decoded = decoded;
    }

    /** Brings the stored form of a decoded user up to date, in the same array if there is room. */
    void refresh(int place) throws IOException {
        if (users.packedBytes(place) > 0) {
            return;
        }
        out.clear();
        serializer.serialize(decoded.at(users.slot(place)), out);
        int length = out.length();
        int start = IdBytes.end(users.entry(place));
        if (users.entry(place).length - start < length) {
            // A little more, since most users grow by and by.
            users.widen(place, (length + length / 8) / GRAIN * GRAIN + GRAIN);
        }
        System.arraycopy(out.getSharedBuffer(), 0, users.entry(place), start, length);
        users.setPackedBytes(place, length);
    }

    /** Decodes a packed user; the packed form stays right until the value is changed. */
    void unpack(int place) throws IOException {
        byte[] entry = users.entry(place);
        in.setBuffer(entry, IdBytes.end(entry), users.packedBytes(place));
        int slot = decoded.take();
        users.setSlot(place, slot);
        Timed<T> spare = decoded.at(slot);
        if (spare == null) {
            decoded.set(slot, serializer.deserialize(in));
        } else {
            serializer.deserialize(spare, in);
        }
    }
}
