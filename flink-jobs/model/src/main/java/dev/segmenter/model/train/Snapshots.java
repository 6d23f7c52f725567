// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.train;

import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Snapshots in the trainer's state: int length (0 for none), then Avro single-object encoding of any version. */
final class Snapshots {
    private Snapshots() {}

    static void writeNullable(CentroidSnapshot snapshot, DataOutput out) throws IOException {
        if (snapshot == null) {
            out.writeInt(0);
            return;
        }
        byte[] bytes = SingleObjectCodec.of(CentroidSnapshot.class).encode(snapshot);
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
        return SingleObjectCodec.of(CentroidSnapshot.class).decode(bytes);
    }
}
