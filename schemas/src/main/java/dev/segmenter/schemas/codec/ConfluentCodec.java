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
 * Confluent's wire format: a zero byte, the id of the writer's schema in a registry (4 bytes,
 * big-endian), Avro binary. Reads with any schema that resolves to T's; registers T's schema with
 * the first write. Reuses its buffers: not thread-safe.
 */
public final class ConfluentCodec<T extends SpecificRecord>
        implements RecordDecoder<T>, RecordEncoder<T> {

    private static final byte MAGIC = 0;
    private static final int ID_AT = 1;
    private static final int BODY_AT = ID_AT + Integer.BYTES;
    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** A schema that records are written with. */
    private record Writer<T>(DatumReader<T> reader, long fingerprint) {}

    private final AvroBody<T> body;
    private final SchemaRegistryClient registry;
    private final String subject;
    private final Map<Integer, Writer<T>> writers = new HashMap<>();
    private int lastId;
    private Writer<T> lastWriter;
    private byte[] header;

    private ConfluentCodec(AvroBody<T> body, SchemaRegistryClient registry, String subject) {
        this.body = body;
        this.registry = registry;
        this.subject = subject;
    }

    /** Registers under the record's full name (Confluent's RecordNameStrategy). */
    public static <T extends SpecificRecord> ConfluentCodec<T> of(
            Class<T> type, SchemaRegistryClient registry) {
        AvroBody<T> body = new AvroBody<>(type);
        return new ConfluentCodec<>(body, registry, body.schema().getFullName());
    }

    /** Registers under a given subject, for example {@code <topic>-value} (TopicNameStrategy). */
    public static <T extends SpecificRecord> ConfluentCodec<T> of(
            Class<T> type, SchemaRegistryClient registry, String subject) {
        return new ConfluentCodec<>(new AvroBody<>(type), registry, subject);
    }

    @Override
    public T decode(byte[] bytes) {
        if (bytes == null) {
            throw new UndecodableException("null instead of a " + body.schema().getName());
        }
        if (!hasHeader(bytes)) {
            throw new UndecodableException(
                    "no Confluent header (0 and 4 bytes of schema id); "
                            + UndecodableException.describe(bytes));
        }
        return body.read(writer(id(bytes)).reader, bytes, BODY_AT);
    }

    /** Known of the schema that was met last: others are looked up when they are decoded. */
    @Override
    public int bodyAt(byte[] bytes, long fingerprint) {
        return hasHeader(bytes)
                        && lastWriter != null
                        && id(bytes) == lastId
                        && lastWriter.fingerprint == fingerprint
                ? BODY_AT
                : -1;
    }

    private static boolean hasHeader(byte[] bytes) {
        return bytes.length >= BODY_AT && bytes[0] == MAGIC;
    }

    private static int id(byte[] bytes) {
        return (int) BIG_ENDIAN_INT.get(bytes, ID_AT);
    }

    private Writer<T> writer(int id) {
        if (lastWriter == null || id != lastId) {
            lastWriter = writers.computeIfAbsent(id, key -> writer(registry.schemaById(key)));
            lastId = id;
        }
        return lastWriter;
    }

    private Writer<T> writer(Schema schema) {
        return new Writer<>(body.reader(schema), SchemaNormalization.parsingFingerprint64(schema));
    }

    /**
     * The record's bytes.
     *
     * @throws RegistryUnavailableException if the schema cannot be registered now
     * @throws SchemaRefusedException if the registry refuses it, as incompatible for example
     */
    @Override
    public byte[] encode(T record) {
        if (header == null) {
            int id = registry.register(subject, body.schema());
            header = ByteBuffer.allocate(BODY_AT).put(MAGIC).putInt(id).array();
        }
        return body.write(header, record);
    }
}
