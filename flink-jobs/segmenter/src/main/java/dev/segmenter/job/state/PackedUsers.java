// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Turns the cache's users into their stored form and back, in objects and arrays that it has already: decoded
 * values that lived long enough to become old and then died would be the worst of garbage.
 */
final class PackedUsers<T> {
    private static final int INITIAL_BUFFER = 1_024;
    private static final int GRAIN = 16;

    /** Packing and unpacking go by turns, so few are ever needed. */
    private static final int SPARE = 64;

    private final TypeSerializer<Timed<T>> serializer;

    /** Decoded values that nobody needs any more: the next ones are read into them. */
    private final List<Timed<T>> spare = new ArrayList<>(SPARE);

    private final DataOutputSerializer out = new DataOutputSerializer(INITIAL_BUFFER);
    private final DataInputDeserializer in = new DataInputDeserializer();

    PackedUsers(TypeSerializer<Timed<T>> serializer) {
        this.serializer = serializer;
    }

    /** Packs a decoded user, into the same array if there is room. */
    void pack(CachedUser<T> user) throws IOException {
        if (user.packedBytes == 0) {
            out.clear();
            serializer.serialize(user.value, out);
            int length = out.length();
            if (user.packed == null || user.packed.length < length) {
                // A little more, since most users grow by and by.
                user.packed = new byte[(length + length / 8) / GRAIN * GRAIN + GRAIN];
            }
            System.arraycopy(out.getSharedBuffer(), 0, user.packed, 0, length);
            user.packedBytes = length;
        }
        if (spare.size() < SPARE) {
            spare.add(user.value);
        }
        user.value = null;
    }

    /** Decodes a packed user; the packed form stays right until the value is changed. */
    void unpack(CachedUser<T> user) throws IOException {
        in.setBuffer(user.packed, 0, user.packedBytes);
        user.value =
                spare.isEmpty()
                        ? serializer.deserialize(in)
                        : serializer.deserialize(spare.remove(spare.size() - 1), in);
    }
}
