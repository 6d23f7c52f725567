// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.model.servable;

import dev.segmenter.schemas.CentroidSnapshot;
import dev.segmenter.schemas.codec.SingleObjectCodec;
import dev.segmenter.schemas.codec.UndecodableException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;

/** Reads a snapshot from a record's or a file's bytes. */
final class SnapshotReader {
    private SnapshotReader() {}

    /** One record in Avro single-object encoding, or the greatest version in an Avro container file. */
    static CentroidSnapshot read(byte[] bytes) throws IOException {
        int magic = DataFileConstants.MAGIC.length;
        boolean container =
                bytes.length >= magic
                        && Arrays.equals(bytes, 0, magic, DataFileConstants.MAGIC, 0, magic);
        try {
            return container
                    ? newest(bytes)
                    : SingleObjectCodec.of(CentroidSnapshot.class).decode(bytes);
        } catch (AvroRuntimeException | UndecodableException e) {
            throw new IOException(
                    "the model data are no centroid snapshot ("
                            + e.getMessage()
                            + "); give one record of the snapshots' topic or an exported .avro file",
                    e);
        }
    }

    private static CentroidSnapshot newest(byte[] bytes) throws IOException {
        CentroidSnapshot newest = null;
        try (DataFileReader<CentroidSnapshot> file =
                new DataFileReader<>(
                        new SeekableByteArrayInput(bytes),
                        new SpecificDatumReader<>(CentroidSnapshot.class))) {
            for (CentroidSnapshot snapshot : file) {
                if (newest == null || snapshot.getVersion() > newest.getVersion()) {
                    newest = snapshot;
                }
            }
        }
        if (newest == null) {
            throw new IOException("the Avro container file holds no snapshot; export one first");
        }
        return newest;
    }
}
