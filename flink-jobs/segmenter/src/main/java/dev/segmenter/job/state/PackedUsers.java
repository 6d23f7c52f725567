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
    private final DecodedValues<T> decoded;
    private final DataOutputSerializer out = new DataOutputSerializer(INITIAL_BUFFER);
    private final DataInputDeserializer in = new DataInputDeserializer();

    PackedUsers(TypeSerializer<Timed<T>> serializer, DecodedValues<T> decoded) {
        this.serializer = serializer;
        this.decoded = decoded;
    }

    /** Brings the stored form of a decoded user up to date, in the same array if there is room. */
    void refresh(CachedUser user) throws IOException {
        if (user.packedBytes > 0) {
            return;
        }
        out.clear();
        serializer.serialize(decoded.at(user.slot), out);
        int length = out.length();
        if (user.packed == null || user.packed.length < length) {
            // A little more, since most users grow by and by.
            user.packed = new byte[(length + length / 8) / GRAIN * GRAIN + GRAIN];
        }
        System.arraycopy(out.getSharedBuffer(), 0, user.packed, 0, length);
        user.packedBytes = length;
    }

    /** Decodes a packed user; the packed form stays right until the value is changed. */
    void unpack(CachedUser user) throws IOException {
        in.setBuffer(user.packed, 0, user.packedBytes);
        user.slot = decoded.take();
        Timed<T> spare = decoded.at(user.slot);
        if (spare == null) {
            decoded.set(user.slot, serializer.deserialize(in));
        } else {
            serializer.deserialize(spare, in);
        }
    }
}
