// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** The Avro binary that follows a wire header, of one record class; reuses its buffers, not thread-safe. */
final class AvroBody<T extends SpecificRecord> {

    private final SpecificData data;
    private final Schema schema;
    private final RecordWriter writer;
    private final ArrayEncoder encoder = new ArrayEncoder();
    private final BoundedDecoder decoder = new BoundedDecoder();

    AvroBody(Class<T> type) {
        // Of the record's own class loader: in a cluster Avro may be loaded by the parent of it.
        data = new SpecificData(type.getClassLoader());
        for (Conversion<?> conversion : SpecificData.getForClass(type).getConversions()) {
            data.addLogicalTypeConversion(conversion);
        }
        schema = data.getSchema(type);
        writer = new RecordWriter(schema);
    }

    /** Of the record class. */
    Schema schema() {
        return schema;
    }

    /** Reads what was written with another version of the schema. */
    DatumReader<T> reader(Schema written) {
        return new SpecificDatumReader<>(written, schema, data);
    }

    /** Reads the whole array from an offset on; refuses missing and left-over bytes. */
    T read(DatumReader<T> reader, byte[] bytes, int from) {
        T record;
        int left;
        try {
            decoder.reset(bytes, from);
            record = reader.read(null, decoder);
            left = decoder.remaining();
        } catch (IOException | RuntimeException e) {
            // Avro tells of malformed bytes by exceptions of many kinds, index errors among them.
            throw new UndecodableException(
                    "not a whole %s in Avro binary (%s); %s"
                            .formatted(schema.getName(), e, UndecodableException.describe(bytes)),
                    e);
        }
        if (left > 0) {
            throw new UndecodableException(
                    "%d bytes are left over after the %s; %s"
                            .formatted(
                                    left, schema.getName(), UndecodableException.describe(bytes)));
        }
        return record;
    }

    /** Header and record in an array of their own. */
    byte[] write(byte[] header, T record) {
        encoder.reset(header);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return encoder.toByteArray();
    }
}
