// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro single-object encoding (Avro specification, "Single-object encoding"): C3 01, the schema's
 * CRC-64-AVRO fingerprint in 8 little-endian bytes, Avro binary. Decodes every schema version kept
 * in {@link SchemaHistory}. Reuses its buffers: not thread-safe.
 */
public final class SingleObjectCodec<T extends SpecificRecord>
        implements RecordDecoder<T>, RecordEncoder<T> {

    private static final byte MARKER = (byte) 0xC3;
    private static final byte FORMAT_VERSION = 1;
    private static final int FINGERPRINT_AT = 2;
    private static final int BODY_AT = FINGERPRINT_AT + Long.BYTES;
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final AvroBody<T> body;
    private final byte[] header;
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();
    private long lastFingerprint;
    private DatumReader<T> lastReader;

    private SingleObjectCodec(Class<T> type) {
        body = new AvroBody<>(type);
        SchemaHistory.versions(type.getSimpleName()).forEach(this::addReader);
        lastFingerprint = addReader(body.schema());
        lastReader = readers.get(lastFingerprint);
        header =
                ByteBuffer.allocate(BODY_AT)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MARKER)
                        .put(FORMAT_VERSION)
                        .putLong(lastFingerprint)
                        .array();
    }

    /** A codec of a generated record class. */
    public static <T extends SpecificRecord> SingleObjectCodec<T> of(Class<T> type) {
        return new SingleObjectCodec<>(type);
    }

    private long addReader(Schema written) {
        long fingerprint = SchemaNormalization.parsingFingerprint64(written);
        readers.put(fingerprint, body.reader(written));
        return fingerprint;
    }

    @Override
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UndecodableException("null instead of a " + body.schema().getName());
        }
        if (!hasHeader(bytes)) {
            throw new UndecodableException(
                    "no Avro single-object header (C3 01 and 8 bytes of fingerprint); "
                            + UndecodableException.describe(bytes));
        }
        return body.read(
                reader((long) LITTLE_ENDIAN_LONG.get(bytes, FINGERPRINT_AT)), bytes, BODY_AT);
    }

    @Override
    public int bodyAt(byte[] bytes, long fingerprint) {
        return hasHeader(bytes)
                        && (long) LITTLE_ENDIAN_LONG.get(bytes, FINGERPRINT_AT) == fingerprint
                ? BODY_AT
                : -1;
    }

    private static boolean hasHeader(byte[] bytes) {
        return bytes.length >= BODY_AT && bytes[0] == MARKER && bytes[1] == FORMAT_VERSION;
    }

    private DatumReader<T> reader(long fingerprint) {
        if (fingerprint != lastFingerprint) {
            DatumReader<T> reader = readers.get(fingerprint);
            if (reader == null) {
                throw new UndecodableException(
                        "fingerprint %016X is no known version of %s; add its schema to the history"
                                .formatted(fingerprint, body.schema().getFullName()));
            }
            lastFingerprint = fingerprint;
            lastReader = reader;
        }
        return lastReader;
    }

    @Override
    public byte[] encode(T record) {
        return body.write(header, record);
    }
}
