// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.schemas.CentroidSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Snapshots in the trainer's state: int length (0 for none), then Avro single-object encoding. */
final class Snapshots {
    private Snapshots() {}

    static void writeNullable(CentroidSnapshot snapshot, DataOutput out) throws IOException {
        if (snapshot == null) {
            out.writeInt(0);
            return;
        }
        ByteBuffer encoded = snapshot.toByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static CentroidSnapshot readNullable(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return CentroidSnapshot.fromByteBuffer(ByteBuffer.wrap(bytes));
    }
}
